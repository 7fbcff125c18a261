"""How anybody checks a dossier with public tools, step by step, and which files are attached.

The same formats and tools as an evidence package (publication/checks.txt, which does all of it for packages): C2SP signed-note,
tlog-checkpoint and tlog-proof, RFC 6962, RFC 3161.
"""

from tawthiq.publication.dossier.markup import Html, code, element, joined, row, shown, table
from tawthiq.publication.dossier.part import Part
from tawthiq.records.dossier import Attached

PROOFS = "proofs"
"""The folder of attached files beside the HTML version."""
_SUMS = "sha256sum --check --strict SHA256SUMS"
_DETACH = "mkdir proofs\npdfdetach -saveall -o proofs dossier.pdf"
_SIGNATURE = """cd proofs
name=$(cut -d + -f 1 archive.pub)
(printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'
 cut -d + -f 3- archive.pub | base64 -d | tail -c 32) > key.der
head=checkpoint-NUMBER
sed '/^$/,$d' $head > head.txt
grep -F -- "— $name " $head | head -n 1 | cut -d ' ' -f 3 | base64 -d | tail -c 64 > head.sig
openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -in head.txt -sigfile head.sig"""
_PROOF = """sed -n '/^$/q; s/^extra //p' NAME.tlog-proof | base64 -d > event.json
jq . event.json
(printf 'tawthiq/log-entry/1\\n'
 tail -c 66 event.json | head -c 64 | xxd -r -p
 tail -c +10 event.json | head -c -75) | sha256sum"""
_TIMESTAMP = """openssl ts -reply -in STAMP -text
openssl ts -verify -data checkpoint-NUMBER -in STAMP -CAfile CERTIFICATES.pem"""


def checking(part: Part) -> Html:
    """The section: the steps in order, then the list of attached files."""
    if part.dossier.is_public:
        return part.section("checking", part.paragraph("checking.public"))
    attached = part.dossier.evidence.attached
    kinds = {each.kind for each in attached}
    steps = [
        _step(part, "checking.key", part.dossier.about.verifier_key),
        _step(part, "checking.sums", _SUMS),
        _step(part, "checking.detach", _DETACH),
        _step(part, "checking.head", part.dossier.evidence.checkpoint.strip()),
        _step(part, "checking.signature", _SIGNATURE),
        _step(part, "checking.proof", _PROOF),
        _step(part, "checking.path"),
        *([_step(part, "checking.timestamp", _TIMESTAMP)] if "timestamp" in kinds else []),
        _step(part, "checking.words"),
        _step(part, "checking.tawthiq"),
    ]
    heading = element("h3", part.text("checking.attached"))
    files = _attached(part, attached) if attached else part.paragraph("checking.none")
    return part.section("checking", part.paragraph("checking.lead"), element("ol", *steps), heading, files)


def _step(part: Part, key: str, commands: str = "") -> Html:
    lines = element("pre", joined([shown(line) for line in commands.split("\n")], Html("\n")), dir="ltr", tabindex=0)
    return element("li", part.paragraph(key), lines if commands else Html(""))


def _attached(part: Part, attached: tuple[Attached, ...]) -> Html:
    labels = [part.text(f"column.{name}") for name in ("file", "what", "size")]
    rows = [
        row(labels, (code(f"{PROOFS}/{each.name}"), shown(_kind(part, each.kind)), code(f"{len(each.data):,}")))
        for each in attached
    ]
    return table(labels, [element("tbody", *rows)])


def _kind(part: Part, kind: str) -> str:
    label = part.texts.label("attached", kind)
    return label if label != kind else part.texts.of("attached.other")
