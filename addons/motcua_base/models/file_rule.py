from contextlib import contextmanager

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..tools import upload

MEGABYTE = 1024 * 1024
# What each box of the form takes, by the usual ending of the file name.
KINDS = {
    "takes_pdf": ("pdf",),
    "takes_pictures": ("jpg", "png"),
    "takes_word": ("docx",),
    "takes_excel": ("xlsx",),
}


class FileRule(models.Model):
    """Which files are taken: those in messages and results obey these rules, and new
    wanted papers start from them. There is one row."""

    _name = "motcua.file.rule"
    _description = "Files taken"
    _inherit = ["motcua.configuration"]

    takes_pdf = fields.Boolean("PDF", default=True)
    takes_pictures = fields.Boolean(
        "Pictures (JPG, PNG)",
        default=True,
        help="Pictures of scanners and telephones (TIFF, HEIC) become a PDF, and are "
        "kept beside it.",
    )
    takes_word = fields.Boolean("Word (DOCX)", default=True)
    takes_excel = fields.Boolean("Excel (XLSX)", default=True)
    max_megabytes = fields.Integer("Largest file (MB)", default=20, required=True)

    _size_check = models.Constraint(
        "CHECK (max_megabytes BETWEEN 1 AND 100)",
        "The largest file has between 1 and 100 MB.",
    )

    @api.constrains(*KINDS)
    def _check_kinds(self):
        for rule in self:
            if not rule._kinds():
                raise ValidationError(
                    self.env._("At least one kind of file must be taken.")
                )

    @api.depends()
    def _compute_display_name(self):
        self.display_name = self.env._("Files taken")

    def _kinds(self):
        """Endings of file names taken, as a tuple: ``("pdf", "jpg", "png")``."""
        self.ensure_one()
        return sum((KINDS[box] for box in KINDS if self[box]), ())

    @api.model
    @tools.ormcache()
    def _general(self):
        """What holds where a wanted paper says nothing else: (endings, megabytes)."""
        rule = self.env.ref("motcua_base.file_rule").sudo()
        return rule._kinds(), rule.max_megabytes

    @api.model
    def _check(self, name, content, rule=None):
        """The MIME type of a file, by its content; refuse one that is not to be kept,
        in a sentence.

        :param content: all of its bytes
        :param rule: (endings taken, megabytes), else the general one
        """
        accepted, megabytes = rule or self._general()
        try:
            return upload.check(name, content, megabytes * MEGABYTE, accepted)
        except upload.UploadError as error:
            raise UserError(self._sentence(error, name, accepted, megabytes)) from None

    @contextmanager
    def _reading(self, name):
        """The block reads the content of file ``name``; where it cannot be read, the
        sentence says so."""
        try:
            yield
        except Exception as error:  # what broken files raise is the libraries' affair
            damaged = upload.UploadError("damaged")
            raise UserError(self._sentence(damaged, name, (), 0)) from error

    @api.model
    def _sentence(self, error, name, accepted, megabytes):
        sentences = {
            "empty": self.env._("File “%(name)s” is empty.", name=name),
            "too_large": self.env._(
                "File “%(name)s” is larger than %(size)s MB.", name=name, size=megabytes
            ),
            "not_accepted": self.env._(
                "File “%(name)s” is of a kind not taken here. Taken are: %(kinds)s.",
                name=name,
                kinds=", ".join(upload.labels(accepted)),
            ),
            "unknown": self.env._(
                "File “%(name)s” is not what its name says. Scan or save it again.",
                name=name,
            ),
            "damaged": self.env._(
                "File “%(name)s” is damaged or was cut off. Scan or save it again.",
                name=name,
            ),
            "protected": self.env._(
                "File “%(name)s” opens with a password only. Save it without one.",
                name=name,
            ),
            "pixels": self.env._(
                "Picture “%(name)s” is too large. Scan it at a lower resolution.",
                name=name,
            ),
            "archive": self.env._(
                "File “%(name)s” is damaged or unpacks to far too much.", name=name
            ),
            "active": self.env._(
                "File “%(name)s” runs a program or carries other files. Print it to a "
                "new PDF, or scan it.",
                name=name,
            ),
            "remote": self.env._(
                "File “%(name)s” fetches a template, picture or table from elsewhere. "
                "Save it as PDF.",
                name=name,
            ),
            "macro": self.env._(
                "File “%(name)s” contains macros. Save it without them.", name=name
            ),
        }
        return sentences.get(error.code) or self.env._(
            "File “%(name)s” cannot be taken.", name=name
        )
