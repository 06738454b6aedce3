"""What applicants write into the declaration forms of the five procedures with one.

Each function takes the applicant and a ``People`` and returns the subject of the
dossier, the answers by technical name and the rows of repeating sections.
"""

from datetime import timedelta

from ..tools.text import money_words

SEX_KEY = {"male": "nam", "female": "nu"}
UNMARRIED = "1"
HOME = {"quoc_tich": "Việt Nam", "dan_toc": "Kinh"}
TRADES = (
    ("Bán lẻ lương thực, thực phẩm, đồ uống", "4711", "Tạp hóa"),
    ("Nhà hàng và các dịch vụ ăn uống phục vụ lưu động", "5610", "Quán ăn"),
    ("Dịch vụ phục vụ đồ uống", "5630", "Cà phê"),
    ("Bán buôn cà phê", "4632", "Nông sản"),
    ("Sửa chữa ô tô, mô tô, xe máy", "9531", "Sửa xe"),
    ("Cắt tóc, làm đầu, gội đầu", "9631", "Tóc"),
)


def _residence(prefix, person):
    return {
        f"{prefix}loai_cu_tru": "Thường trú",
        f"{prefix}noi_cu_tru": "1",
        f"{prefix}noi_cu_tru_trong_nuoc": person["address"],
    }


def birth(applicant, people):
    father = applicant["sex"] == "male"
    spouse = people.citizen(
        applicant["address"].split(", ")[1],
        sex="female" if father else "male",
        ages=(20, 40),
    )
    family = (applicant if father else spouse)["name"].split()[0]
    child = people.child(family, people.random.randint(3, 50))
    mother, dad = (spouse, applicant) if father else (applicant, spouse)
    answers = {
        "loai_dang_ky": "1",
        "nyc_ho_ten": applicant["name"],
        "nyc_so_dinh_danh": applicant["id_number"],
        **_residence("nyc_", applicant),
        "nyc_so_dien_thoai": applicant["phone"],
        "nyc_quan_he": "cha" if father else "me",
        "tre_ho_ten": child["name"].upper(),
        "tre_ngay_sinh": child["born"].isoformat(),
        "tre_gioi_tinh": SEX_KEY[child["sex"]],
        "tre_dan_toc": "Kinh",
        "tre_quoc_tich": "Việt Nam",
        "tre_noi_sinh": "1",
        "tre_noi_sinh_trong_nuoc": "Bệnh viện đa khoa khu vực, tỉnh Quảng Trị",
        "tre_que_quan": "1",
        "tre_que_quan_trong_nuoc": dad["address"],
        "tre_loai_khai_sinh": "1",
        "cam_doan": True,
        "cap_ban_sao": "co",
        "so_luong_ban_sao": 2,
    }
    for prefix, parent in (("me_", mother), ("cha_", dad)):
        answers |= {
            f"{prefix}ho_ten": parent["name"],
            f"{prefix}nam_sinh": str(parent["born"].year),
            f"{prefix}dan_toc": "Kinh",
            f"{prefix}quoc_tich": "Việt Nam",
            f"{prefix}so_dinh_danh": parent["id_number"],
            **_residence(prefix, parent),
        }
    return f"Đăng ký khai sinh cho cháu {child['name']}", answers, {}


def marriage(applicant, people):
    groom = applicant["sex"] == "male"
    other = people.citizen(
        applicant["address"].split(", ")[1],
        sex="female" if groom else "male",
        ages=(20, 40),
    )
    bride, man = (other, applicant) if groom else (applicant, other)
    answers = {"loai_dang_ky": "1", "cam_doan": True, "cap_ban_sao": "khong"}
    for prefix, party in (("nu_", bride), ("nam_", man)):
        answers |= {
            f"{prefix}ho_ten": party["name"],
            f"{prefix}ngay_sinh": party["born"].isoformat(),
            f"{prefix}so_dinh_danh": party["id_number"],
            f"{prefix}ket_hon_lan_thu": 1,
            f"{prefix}tinh_trang_hon_nhan": UNMARRIED,
            **{f"{prefix}{name}": value for name, value in HOME.items()},
            **_residence(prefix, party),
        }
    return f"Đăng ký kết hôn: {man['name']} và {bride['name']}", answers, {}


def marital_status(applicant, people):
    answers = {
        "nyc_ho_ten": applicant["name"],
        "nyc_ngay_sinh": applicant["born"].isoformat(),
        "nyc_so_dinh_danh": applicant["id_number"],
        **_residence("nyc_", applicant),
        "nyc_quan_he": "1",
        "nxn_ho_ten": applicant["name"],
        "nxn_ngay_sinh": applicant["born"].isoformat(),
        "nxn_gioi_tinh": SEX_KEY[applicant["sex"]],
        "nxn_so_dinh_danh": applicant["id_number"],
        **{f"nxn_{name}": value for name, value in HOME.items()},
        **_residence("nxn_", applicant),
        "nxn_tinh_trang_hon_nhan": UNMARRIED,
        "so_luong_ban_sao": 1,
        "cam_doan": True,
    }
    if people.random.random() < 0.5:
        partner = people.citizen("xã Khe Sanh", ages=(20, 40))["name"]
        answers |= {"muc_dich": "1", "nguoi_du_dinh_ket_hon": partner}
    else:
        answers |= {"muc_dich": "2", "muc_dich_khac": "Vay vốn, mua bán nhà đất"}
    return False, answers, {}


def household_business(applicant, people):
    commune = applicant["address"].split(", ")[1]
    trade, code, sign = people.random.choice(TRADES)
    capital = 10_000_000 * people.random.randint(2, 30)
    shop = f"{sign} {applicant['name'].split()[-1]}"
    answers = {
        "chu_ho_ho_ten": applicant["name"].upper(),
        "chu_ho_ngay_sinh": applicant["born"].isoformat(),
        "chu_ho_gioi_tinh": SEX_KEY[applicant["sex"]],
        "chu_ho_so_dinh_danh": applicant["id_number"],
        "chu_ho_dien_thoai": applicant["phone"],
        "ten_ho": f"HỘ KINH DOANH {shop.upper()}",
        "tru_so_so_nha": applicant["address"].split(", ")[0],
        "tru_so_xa": commune,
        "tru_so_tinh": "Quảng Trị",
        "tru_so_dien_thoai": applicant["phone"],
        "von_so_tien": capital,
        "von_bang_chu": money_words(capital),
        "ngay_bat_dau": (people.today + timedelta(days=7)).isoformat(),
        "so_lao_dong": people.random.randint(1, 5),
        "phuong_phap_gtgt": "ke_khai",
        "chu_the": "1",
        "dong_y_chia_se": True,
        "cam_ket_khong_bi_cam": True,
        "cam_ket_tru_so": True,
        "chiu_trach_nhiem": True,
    }
    row = {"nganh_ten": trade, "nganh_ma": code, "nganh_chinh": True}
    return f"Đăng ký thành lập hộ kinh doanh {shop}", answers, {"nganh_nghe": [row]}


def certified_copies(applicant, people):
    paper = people.random.choice(
        ("Bằng tốt nghiệp đại học", "Giấy khai sinh", "Học bạ", "Giấy phép lái xe")
    )
    answers = {
        "ten_giay_to": paper,
        "nguoi_yeu_cau": applicant["name"],
        "muc_dich_su_dung": "Xin việc làm",
    }
    return f"Chứng thực bản sao: {paper}", answers, {}


FORMS = {
    "1.001193": birth,
    "1.000894": marriage,
    "1.004873": marital_status,
    "1.001612": household_business,
    "2.000815": certified_copies,
}
