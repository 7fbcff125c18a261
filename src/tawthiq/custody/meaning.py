"""What a passing check proves and what it leaves open, in English and in Arabic.

The one table of these sentences: `tawthiq verify`, the evidence package's explanation and the guides say the same. A Check
carries the English sentence of what it proves; `meaning_of` finds the rest by it. The limits follow docs/custody-format.md:
unchanged since a time, collected by somebody in some way; never that something is true.
"""

from dataclasses import dataclass

from tawthiq.records.check import Check

ENGLISH, ARABIC = "en", "ar"
LANGUAGES = (ENGLISH, ARABIC)


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence, or part of one, in both languages; without a full stop at its end."""

    en: str
    ar: str

    def of(self, language: str) -> str:
        """The sentence in `language`, one of LANGUAGES."""
        return self.ar if language == ARABIC else self.en


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a kind of check proves when it passes, and what it does not prove even then."""

    proves: Wording
    leaves_open: Wording


HOLDS = Wording("holds", "سليم")
DIFFERS = Wording("DIFFERS", "مختلف")
PROVES = Wording("proves", "يثبت")
LEAVES_OPEN = Wording("does not prove", "لا يثبت")

PUBLIC_KEY = Meaning(
    Wording(
        "checkpoints are checked with the key that this log began with",
        "أن رؤوس السجل الموقّعة تُفحص بالمفتاح الذي بدأ به هذا السجل",
    ),
    Wording(
        "who holds the key: compare it with the one written down when the archive was made",
        "من يملك المفتاح: قارنه بالمفتاح الذي دُوِّن عند إنشاء الأرشيف",
    ),
)
PRIVATE_KEY = Meaning(
    Wording("this archive can go on signing", "أن هذا الأرشيف قادر على مواصلة التوقيع"),
    Wording("that nobody else has a copy of the key", "أن أحدًا غيركم لا يملك نسخة من المفتاح"),
)
SEALED_KEY = Meaning(
    Wording(
        "this archive can go on signing, for whoever has the passphrase",
        "أن هذا الأرشيف قادر على مواصلة التوقيع لمن يملك عبارة السر",
    ),
    Wording(
        "that anybody still knows the passphrase, or that an older copy of the key was never sealed",
        "أن أحدًا لا يزال يعرف عبارة السر، أو أن نسخة أقدم من المفتاح لم تبقَ دون عبارة سر",
    ),
)
CHECKPOINT = Meaning(
    Wording(
        "the key's holder stated size and root of this log",
        "أن صاحب المفتاح صرّح بعدد قيود هذا السجل وبجذره",
    ),
    Wording(
        "that the holder of the key did not write the whole log anew, or go back to an older copy of it: "
        "cosignatures, timestamps and checkpoints kept elsewhere tell",
        "أن صاحب المفتاح لم يكتب السجل كله من جديد ولم يعد إلى نسخة أقدم منه: "
        "ذلك تكشفه التواقيع المشاركة والأختام الزمنية ورؤوس السجل المحفوظة في مكان آخر",
    ),
)
JOURNAL = Meaning(
    Wording(
        "the events are those that were hashed into the log, in their order",
        "أن الوقائع هي نفسها التي دخلت بصماتها إلى السجل، وبترتيبها",
    ),
    Wording(
        "that what was written into the log was true when it was written",
        "أن ما كُتب في السجل كان صحيحًا حين كُتب",
    ),
)
TREE = Meaning(
    Wording("the tree over all entries is the one that was signed", "أن الشجرة المبنية على كل القيود هي التي وُقّعت"),
    Wording("when it was signed", "متى وُقّعت"),
)
TAIL = Meaning(
    Wording(
        "nothing yet: entries are proven once a checkpoint covers them",
        "لا شيء بعد: تصير القيود مثبتة حين يشملها رأس موقّع للسجل",
    ),
    Wording("that these entries stay as they are", "أن هذه القيود ستبقى كما هي"),
)
CLOCK = Meaning(
    Wording(
        "the order of the log does not rest on the clock: each entry stands after those before it",
        "أن ترتيب السجل لا يقوم على الساعة: كل قيد يأتي بعد ما سبقه",
    ),
    Wording(
        "that the computer's clock was right: independent timestamps bound the time",
        "أن ساعة الجهاز كانت صحيحة: الأختام الزمنية المستقلة هي التي تحدّ الوقت",
    ),
)
FILE = Meaning(
    Wording("the file has not changed since it was logged", "أن الملف لم يتغير منذ أن قُيّد في السجل"),
    Wording(
        "that the site served this to everyone, that the clock was right, or that what it says is true",
        "أن الموقع قدّم هذا المحتوى للجميع، أو أن الساعة كانت صحيحة، أو أن ما جاء فيه صحيح",
    ),
)
STAMPED_HEAD = Meaning(
    Wording(
        "the signed head that was stamped is the one that was logged, unchanged",
        "أن رأس السجل الموقّع الذي خُتم هو نفسه الذي قُيّد، دون تغيير",
    ),
    Wording(
        "when it was signed: the stamps made over it tell",
        "متى وُقّع: ذلك تقوله الأختام التي صُنعت عليه",
    ),
)
CERTIFICATES_KEPT = Meaning(
    Wording(
        "the roots that stamps are checked with are those that were logged with them, unchanged",
        "أن شهادات الجذر التي تُفحص بها الأختام هي نفسها التي قُيّدت معها، دون تغيير",
    ),
    Wording(
        "whose roots they are: compare their SHA-256 with what the authority publishes",
        "لمن هذه الشهادات: قارن بصماتها بما تنشره الجهة",
    ),
)
STAMP_KEPT = Meaning(
    Wording(
        "the authority's answer is the one that was logged, unchanged",
        "أن جواب جهة الختم هو نفسه الذي قُيّد، دون تغيير",
    ),
    Wording(
        "the time in it: another line tells what the stamp itself proves",
        "الوقتَ المذكور فيه: سطر آخر يقول ما يثبته الختم نفسه",
    ),
)
CALENDAR_PROOF_KEPT = Meaning(
    Wording(
        "the calendar's proof is the one that was logged, unchanged",
        "أن إثبات التقويم هو نفسه الذي قُيّد، دون تغيير",
    ),
    Wording(
        "that a block of Bitcoin holds it: another line tells how far the proof has come",
        "أن كتلة من بيتكوين تشمله: سطر آخر يقول إلى أين وصل الإثبات",
    ),
)
COSIGNED_HEAD_KEPT = Meaning(
    Wording(
        "the head with another team's signature is the one that was logged, unchanged",
        "أن رأس السجل الذي عليه توقيع فريق آخر هو نفسه الذي قُيّد، دون تغيير",
    ),
    Wording(
        "whose signature it is: another line tells what the cosignature proves",
        "لمن هذا التوقيع: سطر آخر يقول ما يثبته التوقيع المشارك",
    ),
)
CUT_LINE_KEPT = Meaning(
    Wording(
        "what an interrupted run left of a line is as it was found",
        "أن ما تركه تشغيل منقطع من سطر باقٍ كما وُجد",
    ),
    Wording("what the line was to say", "ماذا كان السطر سيقول"),
)
ACCOUNTED = Meaning(
    Wording("nothing was put beside what the log knows", "أنه لم يوضع شيء إلى جانب ما يعرفه السجل"),
    Wording("that nothing else was ever collected", "أنه لم يُجمع شيء آخر قط"),
)
OPEN_FILES = Meaning(
    Wording("nothing: these files are not evidence yet", "لا شيء: ليست هذه الملفات أدلة بعد"),
    Wording("anything about what they hold", "أي شيء عما تحتويه"),
)
NOT_COVERED = Meaning(
    Wording("nothing; readings can be rebuilt from evidence", "لا شيء؛ يمكن إعادة بناء القراءات من الأدلة"),
    Wording(
        "that what people decided is as it was, beyond the digests in the log",
        "أن ما قرره الناس بقي كما هو، إلا ببصماته في السجل",
    ),
)
ERASED = Meaning(
    Wording(
        "the item was erased openly: the log says when, why and by whose authority, and its entries stay proven",
        "أن المادة مُحيت علنًا: يذكر السجل متى ولماذا وبإذن من، وتبقى قيودها مثبتة",
    ),
    Wording(
        "what the item held, or that no copy of it is left in backups, with others or on the disk's spare cells",
        "ماذا كانت تحتوي، أو أنه لم تبق نسخة منها في النسخ الاحتياطية أو عند آخرين أو في خلايا القرص الاحتياطية",
    ),
)
INCLUSION = Meaning(
    Wording(
        "the entry stands in the log that the key's holder signed",
        "أن القيد موجود في السجل الذي وقّعه صاحب المفتاح",
    ),
    Wording(
        "that the signed log is the only one the holder of the key ever signed: cosignatures tell",
        "أن السجل الموقّع هو الوحيد الذي وقّعه صاحب المفتاح: ذلك تكشفه التواقيع المشاركة",
    ),
)
TIMESTAMP = Meaning(
    Wording(
        "everything logged before it existed at that time, as signed by an authority that the team names as outside it",
        "أن كل ما قُيّد قبله كان موجودًا في ذلك الوقت، بتوقيع جهة يسميها الفريق جهةً من خارجه",
    ),
    Wording(
        "when it was collected, only that it was not later; nor that the authority is honest, nor whose the kept roots are: "
        "compare their SHA-256 with what the authority publishes",
        "متى جُمع بالضبط، بل أنه لم يُجمع بعد ذلك الوقت؛ ولا أن تلك الجهة أمينة، ولا لمن شهادات الجذر المحفوظة: "
        "قارن بصماتها بما تنشره الجهة",
    ),
)
OWN_TIMESTAMP = Meaning(
    Wording(
        "the team's own clock authority stated that time",
        "أن جهة الختم التابعة للفريق نفسه صرّحت بذلك الوقت",
    ),
    Wording(
        "the time to anybody who does not trust the team: it is no independent evidence",
        "الوقتَ لمن لا يثق بالفريق: فليس دليلًا مستقلًا",
    ),
)
BITCOIN_TIMESTAMP = Meaning(
    Wording(
        "everything logged before it existed when that Bitcoin block was made",
        "أن كل ما قُيّد قبله كان موجودًا حين صُنعت كتلة بيتكوين تلك",
    ),
    Wording(
        "anything until the block's header is compared with the public chain; block times are exact to some hours",
        "شيئًا حتى يُقارن رأس الكتلة بالسلسلة العلنية؛ ودقة أوقات الكتل بضع ساعات",
    ),
)
UNCHECKED_TIMESTAMP = Meaning(
    Wording(
        "nothing about the time: this could not be checked here, or is not settled yet",
        "لا شيء عن الوقت: تعذّر فحصه هنا، أو لم يُحسم بعد",
    ),
    Wording("that it is false: what is missing says so", "أنه غير صحيح: السطر يذكر ما ينقص"),
)
COSIGNATURE = Meaning(
    Wording(
        "another team saw this log at that size, and that it extends every one it had seen before",
        "أن فريقًا آخر رأى هذا السجل بهذا الحجم، وأنه امتداد لكل ما رآه منه من قبل",
    ),
    Wording(
        "that the key is that team's: compare it; nor that they looked at what is in the log: they see digests only",
        "أن المفتاح لذلك الفريق: قارنه؛ ولا أنه اطّلع على محتوى السجل: فهو لا يرى إلا البصمات",
    ),
)
ATTESTED = Meaning(
    Wording(
        "what the team names as others' timestamps and cosignatures reaches over every entry that needs one",
        "أن ما يسميه الفريق أختامًا زمنية وتواقيع مشاركة من غيره يشمل كل قيد يحتاج إليها",
    ),
    Wording(
        "whose they are: compare the roots and the keys that they were checked with",
        "لمن هي: قارن شهادات الجذر والمفاتيح التي فُحصت بها",
    ),
)
UNATTESTED = Meaning(
    Wording(
        "nothing: for what nobody else covers there is the word of the key's holder alone",
        "لا شيء: ما لا يشمله أحد سواه ليس فيه إلا قول صاحب المفتاح",
    ),
    Wording(
        "when these entries were written, and that the holder of the key did not write them anew",
        "متى كُتبت هذه القيود، وأن صاحب المفتاح لم يكتبها من جديد",
    ),
)
EXPECTED_KEY = Meaning(
    Wording(
        "this log is checked with the key that was written down elsewhere",
        "أن هذا السجل يُفحص بالمفتاح الذي دُوِّن في مكان آخر",
    ),
    PRIVATE_KEY.leaves_open,
)
KEPT_CHECKPOINT = Meaning(
    Wording(
        "the entries below this checkpoint are still those that it was signed over",
        "أن القيود التي يشملها هذا الرأس لا تزال هي التي وُقّع عليها",
    ),
    Wording(
        "since when: that is the word of who kept the checkpoint",
        "منذ متى: فذلك قول من احتفظ بهذا الرأس",
    ),
)
PACKAGE_PART = Meaning(
    Wording("this part is the one that the package's manifest names", "أن هذا الجزء هو الذي يسميه بيان الحزمة"),
    Wording(
        "anything by itself: the manifest must be proven as well",
        "شيئًا بمفرده: يجب إثبات البيان أيضًا",
    ),
)
PACKAGE_ITEM = Meaning(
    Wording(
        "the item handed over is the one that was logged, unchanged",
        "أن المادة المسلَّمة هي نفسها التي قُيّدت، دون تغيير",
    ),
    Wording(
        "that the site served this to everyone, that the clock was right, or that what it says is true; of an item out of "
        "another tool's file, that its address and time are true",
        "أن الموقع قدّم هذا المحتوى للجميع، أو أن الساعة كانت صحيحة، أو أن ما جاء فيه صحيح؛ "
        "ولا أن عنوان مادة جاءت من ملف أداة أخرى ووقتها صحيحان",
    ),
)
PACKAGE_TIMESTAMP = Meaning(
    Wording(
        "whoever holds the roots that were handed over stated that everything logged before it existed at that time",
        "أن صاحب شهادات الجذر المسلَّمة صرّح بأن كل ما قُيّد قبل الختم كان موجودًا في ذلك الوقت",
    ),
    Wording(
        "whose the roots of timestamps are: compare their SHA-256 with what an authority outside the team publishes",
        "لمن شهادات جذر الأختام الزمنية: قارن بصماتها بما تنشره جهة من خارج الفريق",
    ),
)
PACKAGE_COSIGNATURE = Meaning(
    Wording(
        "whoever holds the key that was handed over saw this log at that size, as an extension of all they had seen before",
        "أن صاحب المفتاح المسلَّم رأى هذا السجل بهذا الحجم، امتدادًا لكل ما رآه منه من قبل",
    ),
    Wording(
        "whose the keys of cosignatures are: compare them with what those teams publish",
        "لمن مفاتيح التواقيع المشاركة: قارنها بما تنشره تلك الفرق",
    ),
)
PACKAGE_KEY = Meaning(
    Wording("nothing: who wrote the package wrote this key", "لا شيء: من كتب الحزمة كتب هذا المفتاح"),
    Wording(
        "who signed: compare it with the key that was written down elsewhere",
        "من الذي وقّع: قارنه بالمفتاح المدوَّن في مكان آخر",
    ),
)
PACKAGE_WITHHELD = Meaning(
    Wording("nothing: what the log says of this item stayed behind", "لا شيء: ما يقوله السجل عن هذه المادة لم يُسلَّم"),
    Wording("that this file is the one that was logged", "أن هذا الملف هو الذي قُيّد في السجل"),
)
PACKAGE_RECORDS = Meaning(
    Wording(
        "the digests that stand inside of the WARC file fit its records",
        "أن البصمات المكتوبة داخل ملف الأدلة تطابق سجلاته",
    ),
    Wording(
        "anything by itself: who changes a record can write its digest anew",
        "شيئًا بمفرده: من يغيّر سجلًا يستطيع أن يكتب بصمته من جديد",
    ),
)
PACKAGE_REPLAY = Meaning(
    Wording(
        "replay shows what the WARC files hold, under the addresses and times that they state",
        "أن العرض يُظهر ما في ملفات الأدلة، بالعناوين والأوقات المذكورة فيها",
    ),
    Wording(
        "that the page looked the same to who collected it: scripts may run otherwise today",
        "أن الصفحة بدت هكذا لمن جمعها: فقد تعمل البرامج النصية اليوم بغير ما عملت",
    ),
)
PACKAGE_COMMANDS = Meaning(
    Wording(
        "the commands in the package are those that this program would write",
        "أن الأوامر التي في الحزمة هي نفسها التي يكتبها هذا البرنامج",
    ),
    Wording(
        "anything to who has not read them: a package of another sender can carry any script",
        "شيئًا لمن لم يقرأها: فقد تحمل حزمة من مرسل آخر أي أوامر كانت",
    ),
)
PACKAGE_EXPLANATION = Meaning(
    Wording(
        "the explanation in the package is the one that this program would write of its manifest",
        "أن الشرح الذي في الحزمة هو نفسه الذي يكتبه هذا البرنامج من بيانها",
    ),
    Wording("that the titles in it are the items' own", "أن العناوين المذكورة فيه هي عناوين المواد نفسها"),
)
PACKAGE_OTHER_VERSION = Meaning(
    Wording(
        "nothing: another version of this program wrote this text, or somebody else did",
        "لا شيء: كتب هذا النص إصدار آخر من هذا البرنامج، أو شخص آخر",
    ),
    Wording(
        "that the text of commands and explanation is harmless and right: read it before you rely on it",
        "أن نص الأوامر والشرح سليم وصحيح: اقرأه قبل أن تعتمد عليه",
    ),
)
PACKAGE_EXPORT = Meaning(
    Wording(
        "every byte of the package, explanation and titles included, is as the archive exported it",
        "أن كل بايت في الحزمة، بما في ذلك الشرح والعناوين، هو كما أصدره الأرشيف",
    ),
    Wording(
        "that nothing else was exported, or that the items are all that the archive holds",
        "أنه لم يُصدر شيء آخر، أو أن هذه المواد هي كل ما في الأرشيف",
    ),
)
PACKAGE_NO_EXPORT = Meaning(
    Wording("nothing: the proof of the export was not handed over", "لا شيء: لم يُسلَّم إثبات الإصدار"),
    Wording(
        "titles and what is said of attachments, which rest on digests alone, and that no item was left out",
        "العناوينَ وما قيل عن المرفقات، فهي لا تستند إلا إلى البصمات، ولا أنه لم تُحذف مادة",
    ),
)
PROOF = Meaning(
    Wording(
        "the event was in the log when the key's holder signed this checkpoint",
        "أن الواقعة كانت في السجل حين وقّع صاحب المفتاح هذا الرأس",
    ),
    INCLUSION.leaves_open,
)
FIXITY = Meaning(
    Wording("the team looked, and says what it found that day", "أن الفريق فحص، ويذكر ما وجده في ذلك اليوم"),
    Wording("that the files are sound today: verify reads them again", "أن الملفات سليمة اليوم: الفحص يقرأها من جديد"),
)

MEANINGS = (
    PUBLIC_KEY, PRIVATE_KEY, SEALED_KEY, CHECKPOINT, JOURNAL, TREE, TAIL, CLOCK, FILE, STAMPED_HEAD, CERTIFICATES_KEPT,
    STAMP_KEPT, CALENDAR_PROOF_KEPT, COSIGNED_HEAD_KEPT, CUT_LINE_KEPT, ACCOUNTED, OPEN_FILES,
    NOT_COVERED, ERASED, INCLUSION, TIMESTAMP, OWN_TIMESTAMP, BITCOIN_TIMESTAMP, UNCHECKED_TIMESTAMP, COSIGNATURE,
    ATTESTED, UNATTESTED, EXPECTED_KEY, KEPT_CHECKPOINT, PACKAGE_PART, PACKAGE_ITEM, PACKAGE_TIMESTAMP,
    PACKAGE_COSIGNATURE, PACKAGE_KEY, PACKAGE_WITHHELD, PACKAGE_RECORDS, PACKAGE_REPLAY, PACKAGE_COMMANDS,
    PACKAGE_EXPLANATION, PACKAGE_OTHER_VERSION, PACKAGE_EXPORT, PACKAGE_NO_EXPORT, PROOF, FIXITY,
)  # fmt: skip
# What passes because nothing contradicts it, or rests on something that people have to compare: told in the summary too.
_UNSETTLED = (
    ATTESTED, UNATTESTED, PACKAGE_TIMESTAMP, PACKAGE_COSIGNATURE, PACKAGE_KEY, PACKAGE_WITHHELD, PACKAGE_OTHER_VERSION,
    PACKAGE_NO_EXPORT,
)  # fmt: skip
OPEN = frozenset(each.proves.en for each in _UNSETTLED)
_BY_SENTENCE = {meaning.proves.en: meaning for meaning in MEANINGS}
_BESIDE_LOG = {
    ".checkpoint": STAMPED_HEAD,
    ".pem": CERTIFICATES_KEPT,
    ".tsr": STAMP_KEPT,
    ".ots": CALENDAR_PROOF_KEPT,
    ".note": COSIGNED_HEAD_KEPT,
}


def meaning_of_file(path: str) -> Meaning:
    """What it means that a file of an archive is the one that was logged; `path` is relative to the archive."""
    if not path.startswith("log/"):
        return FILE
    return CUT_LINE_KEPT if path.startswith("log/torn/") else _BESIDE_LOG.get("." + path.rpartition(".")[2], FILE)


def meaning_of(check: Check) -> Meaning:
    """The meaning of a check, found by what it says it proves; where the table lacks it, its own words and no limit."""
    own = Meaning(Wording(check.proves, check.proves), Wording("", ""))
    return _BY_SENTENCE.get(check.proves, own)


def mark(check: Check, language: str = ENGLISH) -> str:
    """The word for a check that holds or differs."""
    return (HOLDS if check.holds else DIFFERS).of(language)


def explained(check: Check, language: str = ENGLISH) -> tuple[str, str]:
    """What a check proves and what it leaves open, in `language`; the second is empty where nothing is known of it."""
    meaning = meaning_of(check)
    return meaning.proves.of(language), meaning.leaves_open.of(language)
