"""Fictitious applicants with numbers of the right shape."""

from datetime import date, timedelta

from stdnum.vn import mst

FAMILY = "Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Phan Võ Đặng Hồ Ngô".split()
MIDDLE = {
    "male": ("Văn", "Đức", "Quang", "Hữu", "Minh", "Xuân", "Công", "Đình", "Ngọc"),
    "female": ("Thị", "Thị Thu", "Thị Ngọc", "Thị Kim", "Thị Thanh", "Ngọc", "Hoài"),
}
GIVEN = {
    "male": "An Bình Cường Dũng Đạt Hải Hiếu Hùng Huy Khánh Lâm Long Nam Nghĩa Phong "
    "Phúc Quân Sơn Tài Thắng Thành Tiến Toàn Tuấn Tùng Vinh".split(),
    "female": "Anh Châu Chi Dung Giang Hà Hạnh Hiền Hoa Hương Huyền Lan Liên Linh Loan "
    "Mai My Nga Ngân Nhung Oanh Phương Thảo Thúy Trang Vân Yến".split(),
}
ORGANISATIONS = (
    "Ban Liên lạc cựu chiến binh Trường Sơn",
    "Câu lạc bộ Văn học trẻ",
    "Hội Khuyến học",
    "Hợp tác xã Nông nghiệp Tân Hợp",
    "Trung tâm Hỗ trợ phát triển cộng đồng Bến Hải",
    "Tu viện Thuận Hóa",
)


class People:
    """A population that grows as it is asked for: now and then an earlier applicant
    comes back."""

    def __init__(self, random, today):
        self.random = random
        self.today = today
        self.known = {}

    def somebody(self, place):
        """A citizen who lives at ``place`` (name of a commune)."""
        neighbours = self.known.setdefault(place, [])
        if neighbours and self.random.random() < 0.15:
            return self.random.choice(neighbours)
        neighbours.append(self.citizen(place))
        return neighbours[-1]

    def citizen(self, place, sex=None, ages=(19, 68)):
        choice, number = self.random.choice, self.random.randint
        sex = sex or choice(("male", "female"))
        born = self.today - timedelta(days=number(ages[0] * 365, ages[1] * 365))
        name = " ".join((choice(FAMILY), choice(MIDDLE[sex]), choice(GIVEN[sex])))
        return {
            "name": name,
            "sex": sex,
            "born": born,
            "id_number": self._id_number(sex, born),
            "phone": f"09{number(0, 99999999):08d}",
            "address": f"Thôn {number(1, 9)}, {place}, tỉnh Quảng Trị",
        }

    def child(self, family, days_old):
        sex = self.random.choice(tuple(GIVEN))
        return {
            "name": f"{family} {self.random.choice(('Gia', 'Bảo', 'An', 'Minh'))} "
            f"{self.random.choice(GIVEN[sex])}",
            "sex": sex,
            "born": self.today - timedelta(days=days_old),
        }

    def organisation(self, place):
        while True:
            number = f"32{self.random.randint(1, 9999999):07d}"
            check = mst.calc_check_digit(number)
            if len(check) == 1:  # some numbers have none and are never given out
                break
        return {
            "name": f"{self.random.choice(ORGANISATIONS)} {place}",
            "tax_code": number + check,
            "phone": f"02333{self.random.randint(0, 999999):06d}",
            "address": f"{place}, tỉnh Quảng Trị",
        }

    def _id_number(self, sex, born: date):
        """Province of birth registration, sex and century, year, six digits (decree
        137/2015, article 13)."""
        century = (born.year >= 2000) * 2 + (sex == "female")
        return (
            f"{self.random.choice(('044', '045'))}{century}{born:%y}"
            f"{self.random.randint(1, 999999):06d}"
        )
