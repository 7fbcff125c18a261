"""What must be found on the pages of `platform_pages`: own wording, in markup like the platforms'."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Due:
    """What must be found on a page: posts as (account, handle, moment, day), replies as (author, moment, text)."""

    outlet: str | None
    body: tuple[str, ...]
    posts: tuple[tuple[str | None, str | None, str | None, str | None], ...]
    comments: tuple[tuple[str | None, str | None, str], ...] = ()
    published: str | None = None


DUE = {
    "facebook_post_en": Due(
        "Northgate Watch",
        (
            (
                "Two shells fell near the bakery on the northern road at noon, and four people were wounded.\n"
                "Volunteers moved the wounded to the field hospital within twenty minutes. #Northgate"
            ),
        ),
        (("Northgate Watch", "@northgate.watch", "35w", "2021-03-12"),),
        (
            ("Samir Haddad", "35w", "Liars, nobody was hurt there, delete this page."),
            ("Lina Aoun", "34w", "My cousin carried two of them himself."),
        ),
        "2021-03-12",
    ),
    "facebook_post_ar": Due(
        "صوت الوادي",
        (
            (
                "سقطت قذيفتان قرب فرن الحي الشمالي ظهر اليوم وأصيب أربعة من المارة.\n"
                "نقل المتطوعون المصابين إلى المشفى الميداني خلال نصف ساعة."
            ),
        ),
        (("صوت الوادي", "@wadi.voice", "٣٥ أ", None),),
        (
            ("أبو سعيد", "٣٥ أ", "كله كذب ولم يصب أحد، أنتم صفحة مأجورة."),
            ("أم ليث", "٣٤ أ", "رأيتهم بعيني عند باب المشفى."),
        ),
    ),
    "facebook_page_old": Due(
        "Harbour Relief Committee",
        (
            (
                "The convoy of six trucks was stopped at the eastern gate for the third day.\n"
                "The drivers say that two of them were beaten."
            ),
            "We ask all sides to let the medicine through.",
        ),
        (
            ("Harbour Relief Committee", "@harbour.relief", "March 12 at 2:05 PM", "2021-03-12"),
            ("Harbour Relief Committee", "@harbour.relief", "March 10 at 8:30 AM", "2021-03-10"),
        ),
        (("Karim Saad", "March 13 at 9:00 AM", "They deserve it, let the trucks burn."),),
    ),
    "facebook_basic_ar": Due(
        "لجان الساقية",
        ("داهمت دورية منزل عائلة في شارع المدرسة فجر الثلاثاء واقتادت شابين.\nلم يعرف مكان الشابين حتى الآن.",),
        (("لجان الساقية", "@saqiya.lijan", "12 مارس 2021 الساعة 14:05", "2021-03-12"),),
        (
            ("نادر الخطيب", "منذ 35 أسبوعًا", "يستاهلوا، خلوهم يتعلموا الأدب."),
            ("هدى", "منذ 34 أسبوعًا", "الله يفك أسرهم."),
        ),
        "2021-03-12",
    ),
    "x_thread_en": Due(
        "Lake Monitor",
        (
            "A drone struck the pumping station at Lake road this morning; one worker was killed. #Lake",
            "The station supplied water to eleven villages. It is out of service.",
        ),
        (
            ("Lake Monitor", "@lake_monitor", "2:05 PM · Mar 12, 2021", "2021-03-12"),
            ("Lake Monitor", "@lake_monitor", "Mar 12, 2021", "2021-03-12"),
            ("Water Board", "@water_board", "Mar 11, 2021", "2021-03-11"),
        ),
        (("Angry Reader", "Mar 12, 2021", "Good, they should bomb the rest of you as well."),),
        "2021-03-12",
    ),
    "x_translated_ar": Due(
        "رصد التل",
        ("مداهمة واسعة في حي التل فجر اليوم واعتقال سبعة شبان بينهم قاصر.",),
        (("رصد التل", "@rasd_tal", "١:٤٢ ص · ١٢ فبراير ٢٠٢١", "2021-02-12"),),
        (("ابن البلد", "١٢ فبراير", "سلمت الأيادي، اعتقلوهم كلهم."),),
        "2021-02-12",
    ),
    "twitter_2016": Due(
        "Field Desk",
        ("Two men were taken from the checkpoint at #Qasr, witnesses say; their families had no word since.",),
        (("Field Desk", "@field_desk", "12 Mar 2016", "2016-03-12"),),
        (("N N", "12 Mar 2016", "@field_desk fake news, they ran away on their own"),),
        "2016-03-12",
    ),
    "nitter_ar": Due(
        "مرصد القرى",
        (
            "احترقت ثلاثة منازل في القرية الغربية بعد غارة فجر اليوم. أسرة من خمسة أفراد ما زالت تحت الأنقاض.",
            "تحديث: انتشل الأهالي الأم وطفلين أحياء.",
        ),
        (
            ("مرصد القرى", "@qura_watch", "12 Mar 2021", "2021-03-12"),
            ("مرصد القرى", "@qura_watch", "12 Mar 2021", "2021-03-12"),
        ),
        (("زائد ناقص", "12 Mar 2021", "عقبال باقي القرية."),),
        "2021-03-12",
    ),
    "telegram_preview_ar": Due(
        "تنسيقية السهل",
        (
            "عاجل\nقصف مدفعي يستهدف أطراف بلدة النبع، وأنباء عن ثلاثة جرحى.\n#السهل",
            "أغلقت الجهة المسيطرة معبر النهر أمام الشاحنات منذ الصباح.",
            "ارتفع عدد الجرحى إلى خمسة.",
        ),
        (
            ("تنسيقية السهل", "@sahl_net", "11:05", "2021-03-12"),
            ("تنسيقية السهل", "@sahl_net", "12:00", "2021-03-12"),
            ("تنسيقية السهل", "@sahl_net", "12:30", "2021-03-12"),
        ),
    ),
    "telegram_export_en": Due(
        "Hill Road Residents",
        (
            "Shots at the upper checkpoint now. A bus is stuck between the barriers.",
            "They let the women walk out.",
            "Driver of the bus wounded in the shoulder.",
        ),
        (
            ("Rima A.", None, "14:05", "2021-03-12"),
            ("Rima A.", None, "14:09", "2021-03-12"),
            ("Tarek K.", None, "14:20", "2021-03-12"),
        ),
    ),
    "telegram_web_k": Due(
        "شبكة الجسر",
        ("استهدفت طائرة مسيرة سيارة مدنية على طريق الجسر، واستشهد السائق.", "تعليق الدوام في مدارس الضفة يوم غد."),
        (("شبكة الجسر", None, "14:05", "2021-03-12"), ("شبكة الجسر", None, "15:00", "2021-03-12")),
    ),
    "facebook_group_en": Due(
        "Village Council Forum",
        (
            "Electricity cut since the shelling of the substation. Who has a generator for the clinic?",
            "Four families left for the valley this morning after the second strike.",
        ),
        (("Majd N.", None, "4h", None), ("Noor S.", None, "6h", None)),
        (("Bilal R.", "3h", "I have one, call me."),),
    ),
    "facebook_shared_ar": Due(
        "إعلام القرية",
        ("شاهدوا كيف يكذبون على الناس، لم تدخل القافلة أصلاً.",),
        (
            ("إعلام القرية", "@qarya.media", "١٢ مارس ٢٠٢١", "2021-03-12"),
            ("المكتب الرسمي", "@gov.office", "١١ مارس ٢٠٢١", "2021-03-11"),
        ),
        (),
        "2021-03-12",
    ),
    "facebook_bare_share_en": Due(
        "Qarya Media",
        ("The clinic received nine wounded from the market tonight.",),
        (("Qarya Media", "@qarya.media", "3d", None),),
    ),
    "facebook_unmarked_en": Due(
        "Samar Qassem",
        ("My brother was taken at the bridge checkpoint tonight.",),
        (("Samar Qassem", "@samar.q", "March 12, 2021", "2021-03-12"),),
        (("Rana", "2y", "God bring him back"),),
        "2021-03-12",
    ),
    "facebook_mobile_en": Due(
        "Ridge Camp Committee",
        ("Snow brought down forty tents in the camp last night.\nA baby died of cold in the fifth row.",),
        (("Ridge Camp Committee", "@ridge.camp", "March 12, 2021 at 2:05 PM", "2021-03-12"),),
        (("Omar X", "1 yr", "Let them freeze."),),
        "2021-03-12",
    ),
    "x_profile_en": Due(
        "River Desk",
        (
            "Our list of the missing on the east bank: 214 names. river.example/missing",
            "Two amputations tonight without anaesthetic.",
            "The ferry was hit at noon.",
        ),
        (
            ("River Desk", "@river_desk", "Aug 30, 2020", "2020-08-30"),
            ("Dr. Samir", "@dr_samir", "Mar 12", "2021-03-12"),
            ("River Desk", "@river_desk", "5h", "2021-03-12"),
        ),
    ),
    "x_2020_en": Due(
        "Plain Watch",
        ("Helicopters over the plain since 4 a.m., three barrels dropped on the silos.",),
        (("Plain Watch", "@plain_watch", "6:12 AM · Apr 14, 2020", "2020-04-14"),),
        (("Someone B", "Apr 14, 2020", "More please."),),
        "2020-04-14",
    ),
    "telegram_embed_en": Due(
        "Hill News",
        ("Footage of the burning depot, filmed at 5 a.m.\nThe road is cut.",),
        (("Hill News", "@hill_news", "Mar 12, 2021 at 05:10", "2021-03-12"),),
        (),
        "2021-03-12",
    ),
    "telegram_web_a": Due(
        "East Quarter Group",
        (
            "They searched the third building and took two boys.",
            "One is fifteen.",
            "My son was not at home, thank God.",
        ),
        (
            ("Abu Karam", None, "22:41", "2021-03-12"),
            ("Abu Karam", None, "22:42", "2021-03-12"),
            ("Um Rami", None, "22:50", "2021-03-12"),
        ),
    ),
    "whatsapp_web_ar": Due(
        "لجنة الحي",
        ("أغلقوا الطريق العام ومنعوا سيارة الإسعاف من المرور.", "فتح الطريق قبل قليل."),
        (
            ("خالد أبو نور", None, "٢:٠٥ م، ١٢\u200f/٣\u200f/٢٠٢١", "2021-03-12"),
            ("أنا", None, "٢:١٩ م، ١٣\u200f/٣\u200f/٢٠٢١", "2021-03-13"),
        ),
    ),
    "twitter_mobile_2015": Due(
        "Coast Observer",
        ("A boat with thirty people sank off the cape; seven bodies so far.",),
        (("Coast Observer", "@coast_obs", "9:15 AM - 3 Sep 2015", "2015-09-03"),),
        (("X No", "3 Sep", "Send them back."),),
        "2015-09-03",
    ),
    "facebook_photo_en": Due(
        "Mill Street News",
        ("Smoke over the mill after the second rocket; the guard is missing since dawn.",),
        (("Mill Street News", "@mill.street", None, None),),
        (("Jad", "5d", "He ran away with the money."),),
    ),
    "x_2026_en": Due(
        "Gate Keeper",
        ("Four men were led out of the mill with sacks over their heads at 02:10.",),
        (
            ("Gate Keeper", "@gate_keeper", "6:02 AM · Jul 4, 2026", "2026-07-04"),
            ("Mill Owner", "@mill_owner", "Jun 19", None),
        ),
        (),
        "2026-07-04",
    ),
    "instagram_en": Due(
        "camera.east",
        ("The school at dawn after the raid, 12 March. The third floor was full of sleeping families.",),
        (("camera.east", "@camera.east", "186w", "2021-03-12"),),
        (("loud.voice", "186w", "They hid rockets there."),),
        "2021-03-12",
    ),
    "telegram_web_a_channel": Due(
        "قناة المعبر",
        (
            "احتجز حرس الحدود عائلة من تسعة أشخاص عند المعبر ليل أمس.",
            "الطريق الدولي مغلق من جهة الجسر حتى إشعار آخر.",
        ),
        (("قناة المعبر", None, "09:00", "2021-03-12"), ("قناة المعبر", None, "11:30", "2021-03-12")),
    ),
}
