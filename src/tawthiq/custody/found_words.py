"""What checks found, in Arabic: a table of whole sentences with places for values, as the checks write them in English.

A sentence that stands here is told in Arabic with its values as they are; any other (errors, mostly) stays in English, so that
nothing is ever lost. A place called `found` or `who` holds a sentence again. What checks prove stands in `custody/meaning.py`.
"""

import re
from functools import cache

_NESTED = ("found", "who")
_LONGEST = 10_000
# English as the checks write it, Arabic. The first that fits the whole text is taken, so that the general ones stand last.
SENTENCES = (
    (
        "{found}; this time does not fit: entries state times up to {ahead} later, so this computer's clock, or its, was wrong",
        "{found}؛ وهذا الوقت لا يستقيم: في القيود أوقات تتأخر عنه حتى {ahead}، فساعة هذا الجهاز أو ساعة الجهة كانت خاطئة",
    ),
    ("settings and derived data: not evidence, not covered", "إعدادات وبيانات مشتقة: ليست أدلة ولا يشملها الفحص"),
    ("the file is missing", "الملف مفقود"),
    ("it is missing", "هو مفقود"),
    ("log entries state different digests of it", "قيود السجل تذكر له بصمات مختلفة"),
    (
        "SHA-256 {sha256}, {length} bytes; logged {other}, {size} bytes",
        "SHA-256 {sha256}، {length} بايت؛ والمقيَّد {other}، {size} بايت",
    ),
    (
        "SHA-256 {sha256}, {length} bytes; listed {other}, {size} bytes",
        "SHA-256 {sha256}، {length} بايت؛ والمذكور في القائمة {other}، {size} بايت",
    ),
    ("SHA-256 {sha256}, {length} bytes, {count} payloads", "SHA-256 {sha256}، {length} بايت، عدد المحتويات: {count}"),
    ("SHA-256 {sha256}, {length} bytes", "SHA-256 {sha256}، {length} بايت"),
    ("its records do not hold the payload of {ids}", "سجلاته لا تحوي محتوى {ids}"),
    ("the file is not in the log", "الملف غير مقيَّد في السجل"),
    (
        "of a run at work, or interrupted and finished at the next use: {names}",
        "من تشغيل جارٍ، أو منقطع يُستكمل عند الاستعمال التالي: {names}",
    ),
    ("none besides those above", "لا شيء غير ما سبق"),
    (
        "timestamps or cosignatures of others cover all entries that need one, those below {covered}",
        "أختام زمنية أو تواقيع مشاركة من آخرين تشمل كل قيد يحتاج إليها، أي ما قبل القيد {covered}",
    ),
    (
        "entries below {covered} are covered; from there to {newest}, no independent timestamp and no cosignature",
        "ما قبل القيد {covered} مشمول؛ ومنه إلى القيد {newest} لا ختم زمني مستقل ولا توقيع مشارك",
    ),
    ("no independent timestamp and no cosignature", "لا ختم زمني مستقل ولا توقيع مشارك"),
    ("no independent timestamp and no cosignature came with it", "لم يأتِ معها ختم زمني مستقل ولا توقيع مشارك"),
    ("no timestamp and no cosignature covers it yet", "لا ختم زمني ولا توقيع مشارك يشملها بعد"),
    (
        "it is over {size} entries, and this log has {count}: it was cut back, or is an older copy",
        "عدد قيوده {size}، وفي هذا السجل {count}: فقد قُصّ السجل، أو هو نسخة أقدم",
    ),
    (
        "this log's first {size} entries are not those it was signed over: the log was written anew",
        "القيود الأولى في هذا السجل ({size}) ليست التي وُقّع عليها: فقد كُتب السجل من جديد",
    ),
    (
        "this log begins with the {size} entries that it was signed over",
        "يبدأ هذا السجل بالقيود التي وُقّع عليها، وعددها {size}",
    ),
    (
        "the stated times follow the order of the log, within a minute",
        "الأوقات المذكورة تتبع ترتيب السجل، بفارق لا يتجاوز دقيقة",
    ),
    (
        (
            "{count} entries state a time more than a minute before one above them, entry {entry} by {largest} s: the clock "
            "was set back, or they were logged later than they happened; the order of the log stands"
        ),
        (
            "قيود عددها {count} تذكر وقتًا يسبق ما قبلها بأكثر من دقيقة، وأبعدها القيد {entry} بفارق {largest} ثانية: "
            "أُعيدت الساعة إلى الوراء، أو قُيّدت بعد حدوثها؛ وترتيب السجل ثابت"
        ),
    ),
    ("the log knows another sealed file", "يعرف السجل ملفًا مختومًا بعبارة سر غير هذا"),
    ("the log says that it is sealed, and it is not", "يقول السجل إنه مختوم بعبارة سر، وليس كذلك"),
    ("sealed with a passphrase, as it was logged", "مختوم بعبارة سر، كما قُيّد"),
    ("the private half of keys/archive.pub", "النصف الخاص من keys/archive.pub"),
    ("the log's first entry binds {key}, not {other}", "القيد الأول في السجل يربط {key}، لا {other}"),
    ("{size} entries, root {root}", "عدد القيود: {size}، الجذر {root}"),
    ("{count} events", "عدد الوقائع: {count}"),
    ("{count} tiles and bundles", "عدد أجزاء الشجرة: {count}"),
    (
        "{count} lines not signed yet, by a run at work or finished at the next use, from {place}",
        "أسطر عددها {count} لم تُوقَّع بعد، من تشغيل جارٍ أو تُستكمل عند الاستعمال التالي، ابتداءً من {place}",
    ),
    (
        "{count} lines that no checkpoint covers and no interrupted run explains",
        "أسطر عددها {count} لا يشملها رأس موقّع ولا يفسرها تشغيل منقطع",
    ),
    (
        "erased on {time} UTC, reason: {reason}, authorised by {name} (entry {entry})",
        "مُحيت في {time} بالتوقيت العالمي، السبب: {reason}، بإذن من {name} (القيد {entry})",
    ),
    ("{kind}; no checkpoint covers it yet", "{kind}؛ لا يشمله رأس موقّع بعد"),
    (
        "{kind}; {count} hashes lead to the signed root over {size} entries",
        "{kind}؛ بصمات عددها {count} تقود إلى الجذر الموقّع على قيود عددها {size}",
    ),
    ("{place} does not lead to the signed root", "لا يقود {place} إلى الجذر الموقّع"),
    ("{who}, the team's own authority: no independent evidence", "{who}، وهي جهة الفريق نفسه: ليست دليلًا مستقلًا"),
    (
        'entries below {size} existed at {time} UTC, says "{signer}" of {who}; roots kept: SHA-256 {sha256}',
        (
            "ما قبل القيد {size} كان موجودًا في {time} بالتوقيت العالمي، بقول «{signer}» من {who}؛ "
            "بصمة شهادات الجذر المحفوظة SHA-256 {sha256}"
        ),
    ),
    (
        'entries below {size} existed at {time} UTC, says "{signer}"; roots as handed over: SHA-256 {sha256}',
        (
            "ما قبل القيد {size} كان موجودًا في {time} بالتوقيت العالمي، بقول «{signer}»؛ "
            "بصمة شهادات الجذر المسلَّمة SHA-256 {sha256}"
        ),
    ),
    ("it states {time} UTC, the log another time", "يذكر {time} بالتوقيت العالمي، ويذكر السجل وقتًا آخر"),
    (
        "entries below {size}: pending, promised by {who}; no block attests it yet",
        "ما قبل القيد {size}: وعد من {who}؛ لا تشهد له كتلة بعد",
    ),
    ("pending: no block attests it yet", "وعد: لا تشهد له كتلة بعد"),
    (
        "entries below {size} existed when block {block} of Bitcoin was made, if that block has the root named in it",
        "ما قبل القيد {size} كان موجودًا حين صُنعت كتلة بيتكوين {block}، إن كان فيها الجذر المذكور",
    ),
    (
        "entries below {size} existed when block {block} of Bitcoin was made, if it has the root named in it",
        "ما قبل القيد {size} كان موجودًا حين صُنعت كتلة بيتكوين {block}، إن كان فيها الجذر المذكور",
    ),
    ("cannot tell: no certificates were kept", "لا يُعرف: لم تُحفظ شهادات"),
    ("cannot tell: no certificates were handed over", "لا يُعرف: لم تُسلَّم شهادات"),
    ("cannot tell: the library for OpenTimestamps is not installed", "لا يُعرف: مكتبة OpenTimestamps غير مثبتة"),
    (
        (
            "team {name} ({key}) saw this log with {size} entries at {time} UTC; below that it cannot have been rewritten "
            "since without that team's help"
        ),
        (
            "رأى الفريق {name} ({key}) هذا السجل وقيوده {size} في {time} بالتوقيت العالمي؛ "
            "ولا يمكن أن يكون ما قبلها قد كُتب من جديد بعد ذلك إلا بعون ذلك الفريق"
        ),
    ),
    (
        "{size} entries seen at {time} UTC by {key}; their key is as handed over",
        "عدد القيود {size}، رآها في {time} بالتوقيت العالمي صاحب {key}؛ والمفتاح كما سُلّم",
    ),
    ("signed by {name}: {size} entries", "وقّعه {name}، وعدد القيود: {size}"),
    (
        "{key}: as stated in the package; compare it with the one written down elsewhere, or give it with --key",
        "{key}: كما تذكره الحزمة؛ قارنه بالمدوَّن في مكان آخر، أو أعطه بالخيار --key",
    ),
    ("the list and its digest do not agree", "القائمة وبصمتها لا تتفقان"),
    ("the list does not name it", "القائمة لا تسميه"),
    (
        "no proof of the export lies beside the package: titles and what is said of attachments rest on digests alone",
        "لا إثبات للإصدار إلى جانب الحزمة: فالعناوين وما قيل عن المرفقات لا تستند إلا إلى البصمات",
    ),
    ("SHA-256 {sha256}, entry {entry} of {size}", "SHA-256 {sha256}، القيد {entry} من {size}"),
    ("the log did not export this file; entry {entry} of {size}", "لم يُصدر السجل هذا الملف؛ القيد {entry} من {size}"),
    ("written as it reads", "مكتوب كما يُقرأ"),
    ("made of the manifest", "مصنوع من البيان"),
    ("made of the items", "مصنوع من المواد"),
    ("made of the WARC files", "مصنوع من ملفات الأدلة"),
    ("{count} parts of the index", "عدد أجزاء الفهرس: {count}"),
    ("as this version writes it", "كما يكتبه هذا الإصدار"),
    (
        "they are not those of {software}: read them before you run them",
        "ليست أوامر {software}: اقرأها قبل أن تشغّلها",
    ),
    (
        "it is not what {software} writes of this manifest: do not rely on it",
        "ليس ما يكتبه {software} من هذا البيان: لا تعتمد عليه",
    ),
    (
        "entry {entry} of {size}; its event was not handed over",
        "القيد {entry} من {size}؛ ولم تُسلَّم واقعته",
    ),
    (
        "entry {entry} of {size}, {time} UTC: {kind}, by {actor}",
        "القيد {entry} من {size}، {time} بالتوقيت العالمي: {kind}، فعله {actor}",
    ),
    (
        "entry {entry}, SHA-256 of the content {sha256}, {source}",
        "القيد {entry}، بصمة المحتوى SHA-256 {sha256}، {source}",
    ),
    (
        "its event was not handed over: whether this file is the one that was logged cannot be told from here",
        "لم تُسلَّم واقعته: فلا يُعرف من هنا أهذا الملف هو الذي قُيّد",
    ),
    ("no proof of its own entry was handed over", "لم يُسلَّم إثبات لقيده"),
    ("{member} has SHA-256 {sha256}; logged {other}", "بصمة {member} هي SHA-256 {sha256}؛ والمقيَّد {other}"),
    ("{member} does not hold its payload where the log says", "لا يحوي {member} محتواه حيث يقول السجل"),
    (
        "{sound} records fit, {without} state no digest; wrong: record {numbers}",
        "سجلات مطابقة: {sound}، بلا بصمة: {without}؛ والخاطئ السجل {numbers}",
    ),
    ("SHA-256 {sha256}", "بصمته SHA-256 {sha256}"),
    ("{sound} records fit, {without} state no digest", "سجلات مطابقة: {sound}، بلا بصمة: {without}"),
    ("{key}: the one expected", "{key}: هو المنتظر"),
    ("{key}; expected {other}", "{key}؛ والمنتظر {other}"),
)


def in_arabic(found: str) -> str:
    """What a check found, in Arabic where the table has the sentence; else as it is."""
    if len(found) > _LONGEST:
        return found
    for pattern, arabic in _patterns():
        match = pattern.fullmatch(found)
        if match:
            values = match.groupdict()
            return arabic.format(
                **{name: in_arabic(text) if name in _NESTED else text for name, text in values.items()}
            )
    return found


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The table, its places as groups that take as little as they can."""
    made = []
    for english, arabic in SENTENCES:
        parts = re.split(r"\{(\w+)\}", english)
        text = "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        made.append((re.compile(text, re.DOTALL), arabic))
    return tuple(made)
