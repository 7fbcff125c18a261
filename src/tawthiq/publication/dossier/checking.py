"""How anybody checks a dossier with public tools, step by step, and which files are attached.

The same formats and tools as an evidence package (publication/checks.txt): C2SP signed-note, tlog-checkpoint and tlog-proof,
RFC 6962, RFC 3161. Every command stands so that it runs as it is pasted into a shell in the dossier's folder.
"""

from functools import cache
from importlib.resources import files

from tawthiq.publication.dossier.markup import Html, code, element, joined, row, shown, table
from tawthiq.publication.dossier.part import Part
from tawthiq.records.dossier import Attached

PROOFS = "proofs"
"""The folder of attached files beside the HTML version."""
_SUMS = "sha256sum --check --strict SHA256SUMS"
_DETACH = "mkdir -p proofs\npdfdetach -saveall -o proofs dossier.pdf"
_SCRIPT = "sh -eu proofs/checks.txt"
_SIGNATURE = """mkdir -p checked
name=$(cut -d + -f 1 proofs/archive.pub)
(printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'
 cut -d + -f 3- proofs/archive.pub | base64 -d | tail -c 32) > checked/key.der
for head in proofs/checkpoint-*; do
 sed '/^$/,$d' "$head" > checked/head
 grep -F -- "— $name " "$head" | head -n 1 | cut -d ' ' -f 3 | base64 -d | tail -c 64 > checked/sig
 openssl pkeyutl -verify -pubin -inkey checked/key.der -keyform DER -rawin \\
  -in checked/head -sigfile checked/sig
done"""
_PROOF = """for proof in proofs/*.tlog-proof; do
 echo "$proof"
 sed -n '/^$/q; s/^extra //p' "$proof" | base64 -d | jq .
done"""
_TIMESTAMP = """for stamp in proofs/*.tsr; do
 openssl ts -reply -in "$stamp" -text
done"""


@cache
def commands() -> bytes:
    """checks.txt: the script that goes along with the proofs and checks each of them with public tools."""
    return files("tawthiq.publication.dossier").joinpath("checks.txt").read_bytes()


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
        _step(part, "checking.script", _SCRIPT),
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
