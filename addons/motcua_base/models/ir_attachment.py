from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.base.models.ir_attachment import condition_values

from ..api import takes
from ..tools import pages, upload
from ..tools.naming import is_ours

# Writing one of these may make a file one of a dossier, or another file.
CHECKED = {
    *("raw", "datas", "db_datas", "name", "mimetype", "type", "url"),
    *("res_model", "res_id", "res_field"),
}
# Opens a file to whoever has its address.
OPENING = {"public", "access_token"}


class IrAttachment(models.Model):
    """Files of dossiers: the papers handed in lie on their row
    (``motcua.dossier.component``), results and what is sent with messages on the
    dossier itself.

    Beyond the rights on those records: scans of identity papers open only to those who
    have (or had) a task on the dossier, to the desk that took them in, and to the
    applicant; citizens open results, not what officers write to each other; and a file
    of record can be changed or removed only as long as the dossier can. Whatever way a
    file comes in, it is of a kind and size that are taken, and named after what it is.

    What was handed in is kept as it came: where something else is made of it for
    reading, the originals stand behind that.
    """

    _name = "ir.attachment"
    _inherit = ["ir.attachment", "motcua.personal.data"]

    _personal_fields = frozenset({"raw", "datas", "db_datas", "index_content"})

    motcua_copy_id = fields.Many2one(
        "ir.attachment",
        "Reading copy",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        groups=fields.NO_ACCESS,
        help="What was made of this original for reading.",
    )
    motcua_original_ids = fields.One2many(
        "ir.attachment", "motcua_copy_id", "Originals", groups=fields.NO_ACCESS
    )
    motcua_wrong_reason = fields.Char("Marked wrong because", readonly=True, copy=False)
    motcua_replaced_by_id = fields.Many2one(
        "ir.attachment",
        "Replaced by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _note_access(self, action):
        for file, (dossier, _paper) in self._motcua_dossiers().items():
            self.env["motcua.access.log"]._note(dossier, "download", file.sudo().name)

    def _motcua_adopt(self, record):
        """Tie these files to ``record``: from now on they open to whom it opens.

        Only the user's own uploads that belong nowhere yet, and what belongs to
        ``record`` already: else naming the id of a file would be enough to take it.
        """
        files = self.sudo()
        new = (files | files.motcua_original_ids).filtered(
            lambda file: (file.res_model, file.res_id) != (record._name, record.id)
        )
        for file in new:
            dialog = file.res_model in self.env and self.env[file.res_model]._transient
            if file.create_uid != self.env.user or (file.res_id and not dialog):
                raise AccessError(
                    self.env._(
                        "File “%s” belongs to another record. Upload it again.",
                        file.name,
                    )
                )
        new.write(
            {
                "res_model": record._name,
                "res_id": record.id,
                # A file that says it is the value of a field is checked as such, or not
                # at all.
                "res_field": False,
                "public": False,
                "access_token": False,
            }
        )

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._motcua_check_closed()
        files._motcua_check()
        return files

    def write(self, vals):
        if not self.env.su and {"res_model", "res_id"} & vals.keys():
            self._motcua_check_owner(vals)
        res = super().write(vals)
        if (CHECKED | OPENING) & vals.keys():
            self._motcua_check_closed()
        if CHECKED & vals.keys():
            self._motcua_check()
        return res

    @takes()
    def generate_access_token(self):
        """No address opens a file of ours to whoever has it."""
        ours = self._motcua_ours()
        tokens = iter(super(IrAttachment, self - ours).generate_access_token())
        return [False if file in ours else next(tokens) for file in self]

    def _motcua_ours(self):
        """Those of these files that belong to records of ours."""
        return (
            self.sudo().filtered(lambda file: is_ours(file.res_model)).sudo(self.env.su)
        )

    def _motcua_check_owner(self, vals):
        """Raise AccessError for giving a file of ours to another record."""
        for file in self._motcua_ours().sudo().filtered("res_id"):
            owner = file.res_model, file.res_id
            if owner != tuple(vals.get(n, file[n]) for n in ("res_model", "res_id")):
                raise AccessError(
                    self.env._("File “%s” stays with its record.", file.name)
                )

    def _motcua_check_closed(self):
        """Raise AccessError for files of ours that would open to whoever has their
        address, or that pass for the value of a field, which no file rule looks at."""
        for file in self._motcua_ours().sudo():
            if file.public or file.access_token:
                raise AccessError(
                    self.env._(
                        "File “%s” opens to those who may see its record, and to "
                        "nobody else.",
                        file.name,
                    )
                )
            if file.res_field and not self.env.su:
                raise AccessError(
                    self.env._("File “%s” has to be uploaded as a file.", file.name)
                )

    def unlink(self):
        return super(IrAttachment, self | self.sudo().motcua_original_ids).unlink()

    def _motcua_check(self):
        """Name files of dossiers after what they are, and make a reading copy of what
        not every screen shows. Raises UserError for one that is not to be kept."""
        Rule = self.env["motcua.file.rule"]
        # The web client asks for sizes in place of contents.
        for file in self.sudo().with_context(bin_size=False):
            rule = self._motcua_rule(file.res_model, file.res_id)
            if not rule or file.res_field:
                continue
            kind = Rule._check(file.name, file.raw or b"", rule)
            if kind in upload.CONVERTED.values() and not file.motcua_copy_id:
                file._motcua_convert(rule[0])
                continue
            proper = {"name": upload.proper_name(file.name, kind), "mimetype": kind}
            if any(file[field] != value for field, value in proper.items()):
                file.write(proper)

    def _motcua_convert(self, accepted):
        """Turn this picture into one that every screen shows; the picture as it came is
        kept as its original.

        :param accepted: endings taken where the file is
        """
        self.ensure_one()
        content, kind = self.raw, upload.PDF if "pdf" in accepted else upload.JPEG
        with self.env["motcua.file.rule"]._reading(self.name):
            if kind == upload.PDF:
                made = pages.images_to_pdf([content])
            else:
                made = pages.image_to_jpeg(content)
        self.copy(
            {
                "name": self.name,
                "raw": content,
                "res_model": self.res_model,
                "res_id": self.res_id,
                "motcua_copy_id": self.id,
            }
        )
        name = upload.proper_name(self.name, kind)
        self.write({"name": name, "raw": made, "mimetype": kind})

    @api.model
    def _motcua_rule(self, model, record_id):
        """(endings taken, megabytes) for files of this record; None where everything
        is taken."""
        if model == "motcua.dossier.component":
            paper = self.env[model].sudo().browse(record_id).exists()
            return paper.component_id._file_rule()
        # What the system keeps by itself is no upload.
        if is_ours(model) and self.env.uid != SUPERUSER_ID:
            return self.env["motcua.file.rule"]._general()
        return None

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su:
            return result
        forbidden = result[0] if result else self.browse()
        closed = (self - forbidden)._motcua_closed(operation)
        if not closed:
            return result
        message = self.env._(
            "This file belongs to a dossier: scans of identity papers open only to "
            "those who handle it, and what is on record can no longer be changed."
        )
        return forbidden | closed, lambda: AccessError(message)

    def _search(
        self,
        domain,
        offset=0,
        limit=None,
        order=None,
        *,
        active_test=True,
        bypass_access=False,
    ):
        query = super()._search(
            domain,
            offset=offset,
            limit=limit,
            order=order,
            active_test=active_test,
            bypass_access=bypass_access,
        )
        # Odoo asks file by file, except where the domain says of which model they are:
        # then a search for words in a scan would answer for closed ones as well.
        models_asked = condition_values(self, "res_model", Domain(domain)) or ()
        by_model = "motcua.dossier.component" in models_asked
        if self.env.su or bypass_access or not by_model:
            return query
        return self.browse(tuple(query))._filtered_access("read")._as_query(bool(order))

    def _motcua_dossiers(self):
        """What these files belong to: dict file -> (dossier as the user sees it, paper
        with all rights). Without the files that belong to no dossier."""
        ids = {"motcua.dossier": [], "motcua.dossier.component": []}
        files = self.sudo().filtered(lambda file: file.res_model in ids and file.res_id)
        for file in files:
            ids[file.res_model].append(file.res_id)
        owners = {
            (row._name, row.id): row
            for model in ids
            for row in self.env[model].sudo().browse(ids[model]).exists()
        }
        belonging = {}
        for file in files:
            owner = owners.get((file.res_model, file.res_id))
            if owner:
                is_paper = file.res_model == "motcua.dossier.component"
                dossier = owner.dossier_id if is_paper else owner
                belonging[file.with_env(self.env)] = (
                    dossier.sudo(False),
                    owner if is_paper else owner.component_ids.browse(),
                )
        return belonging

    def _motcua_closed(self, operation):
        """Those of these files with which the rules of dossiers let the user not do
        this."""
        return self.browse(
            file.id
            for file, (dossier, paper) in self._motcua_dossiers().items()
            if not file._motcua_may(operation, dossier, paper)
        )

    def _motcua_may(self, operation, dossier, paper):
        is_result = self in dossier.sudo().result_attachment_ids.sudo(False)
        if operation == "read":
            if paper:
                return paper.kind != "identity" or self._motcua_handles(dossier)
            return is_result or self.env.user._is_internal()
        if operation == "create" and not paper:
            return True  # about to be sent with a message
        if operation != "create" and dossier.sudo().status != "0":
            # What was handed in stays; only what was sent with messages may go.
            produced = dossier.sudo().task_ids.attachment_ids.sudo(False)
            if paper or self in produced:
                return False
        # Asked for last: few files are of documents, and many are opened.
        documents = dossier.sudo().document_ids.attachment_id.sudo(False)
        return dossier.may_edit and not is_result and self not in documents

    def _motcua_handles(self, dossier):
        user, dossier = self.env.user, dossier.sudo()
        return (
            user in dossier.task_ids.user_id
            or dossier._is_desk(user)
            or dossier._is_holder(user)
            or dossier._is_consulted(user)
            or dossier._is_citizen(user)
        )
