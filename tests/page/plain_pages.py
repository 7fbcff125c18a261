# ruff: noqa: E501 (pages read better unbroken)
"""Fifteen plain-text pages in our own wording, in the habits of different outlets: every line with the zone it is due.

A line of a page is `zone | text`. Zones are those of the contract; `body+agency` is a body line in which an agency is credited.
"""

PAGES: dict[str, str] = {
    "a menu, a date, share rows and related lists": """
navigation | الرئيسية | محليات | سياسة | رياضة | منوعات | اتصل بنا
title | قذائف على حي سكني شمال بلدة السهل توقع أربعة جرحى
date | الإثنين 15 آذار 2021 - 10:30 صباحاً
navigation | شارك الخبر
body | سقطت أربع قذائف مدفعية فجر اليوم على حي سكني شمال بلدة السهل وأوقعت أربعة جرحى بينهم طفل.
body | وقال أحد سكان الحي إن القذائف سقطت تباعاً خلال عشر دقائق، وإن سيارات الإسعاف وصلت بعد توقف القصف.
related | اقرأ أيضاً: انقطاع المياه عن أحياء البلدة منذ أسبوع
body | وأضاف أن الأهالي نقلوا الجرحى إلى مشفى البلدة، وحالة اثنين منهم خطرة.
related | اقرأ أيضاً
related | مجلس البلدة يعلن مواعيد توزيع الخبز
related | إغلاق طريق الجسر القديم أمام الشاحنات
navigation | الوسوم: بلدة السهل، قصف، جرحى
""",
    "a dateline with an agency and initials at the end": """
title | افتتاح ثلاث عيادات متنقلة في ريف الوادي
body+agency | دمشق-سانا
body | افتتحت مديرية الصحة اليوم ثلاث عيادات متنقلة في قرى ريف الوادي لخدمة نحو عشرة آلاف نسمة.
body | وأوضح مدير الصحة أن العيادات تقدم اللقاحات والأدوية مجاناً ثلاثة أيام في الأسبوع.
byline | ر.م
""",
    "a signed report with caption, photo credit and update": """
title | نازحون في مخيم الزيتون يواجهون الشتاء بلا تدفئة
byline | بقلم: سلمى الحمصي
date | تاريخ النشر: 12 كانون الثاني 2022
date | آخر تحديث: 13 كانون الثاني 2022 - 09:15
caption | خيام غمرتها المياه في مخيم الزيتون (صورة أرشيفية)
body | يعيش نحو ستمئة عائلة في مخيم الزيتون منذ بداية الشتاء بلا وقود للتدفئة بعد توقف المساعدات.
caption | تصوير: خالد السالم
body | وتقول أم لخمسة أطفال إن الخيمة لا ترد البرد، وإن أصغر أبنائها مرض مرتين خلال شهر واحد.
body | وطالب سكان المخيم المنظمات بتوزيع مدافئ قبل موجة الصقيع القادمة.
""",
    "an about-us paragraph, a comment form": """
title | اعتقال ثلاثة شبان على حاجز مدخل المدينة
body | اعتقل عناصر الحاجز الواقع عند مدخل المدينة الشرقي ثلاثة شبان أثناء عودتهم من العمل مساء أمس.
body | ولم تعرف أسباب الاعتقال حتى الآن، ولم تتلق عائلاتهم أي خبر عن مكان احتجازهم.
about | نحن مجموعة من الصحفيين والناشطين من أبناء المنطقة، نوثق ما يجري فيها من انتهاكات منذ سنوات، ولا نتبع لأي جهة سياسية أو عسكرية.
comment_form | اترك رداً
comment_form | لن يتم نشر عنوان بريدك الإلكتروني
""",
    "shortcodes, a disclaimer and numbered comments": """
title | حريق يلتهم محالاً في سوق المدينة القديم
body+ad | التهم حريق فجر اليوم سبعة محال تجارية في السوق القديم دون وقوع إصابات، وفق ما قاله عنصر في الإطفاء.[ads3]
ad | [sociallocker id=12]
body | وقدر أصحاب المحال خسائرهم بعشرات الملايين، وقالوا إن ماساً كهربائياً كان السبب.
ad | [/sociallocker]
comment_form | التعليقات المنشورة لا تعبر عن رأي الموقع وإنما عن رأي أصحابها
other | 2 تعليقات
comment | 1. الله يعوض عليهم، تعب سنين راح بساعة
comment | 2. وين كانت البلدية من شهور؟
""",
    "a messaging channel's text with its address": """
body | ⭕️ قصف مدفعي يستهدف محيط قرية التلال بريف المحافظة الجنوبي منذ ساعة.
body | فرق الإنقاذ تتجه نحو المكان، ولا معلومات عن إصابات حتى اللحظة.
ad | تابعونا على تلغرام: https://t.me/example_channel
""",
    "a news site in English with a dateline": """
navigation | Home | News | Politics | Opinion | Sport
title | Drone strike hits fuel depot outside the port
byline | By Mary Stone
date | Published: 26 May 2021 19:04 GMT
date | Updated: 27 May 2021 08:10 GMT
body+agency | BEIRUT (Reuters) - A drone hit a fuel depot outside the port on Wednesday and set two tanks on fire, residents said.
caption | (Photo: James Field)
body | Firefighters put the fire out within three hours, and nobody was hurt, a civil defence officer said.
related | Read also: Port workers end strike after two weeks
body | The port stayed closed for the rest of the day while crews looked for unexploded parts.
byline | (Reporting by Mary Stone; Editing by John Hill)
navigation | Tags: port, drone, fuel
other | Copyright 2021 Valley Times. All rights reserved.
""",
    "an agency's report with its end mark": """
title | وصول قافلة مساعدات إلى البلدات المحاصرة
body+agency | عمان 12 آذار (بترا)-- وصلت اليوم قافلة من أربعين شاحنة إلى البلدات المحاصرة بعد توقف دام شهرين.
body | وقال متحدث باسم القافلة إن الشحنة تضم طحيناً وأدوية وحليباً للأطفال يكفي عشرين ألف شخص.
agency | --(بترا)
""",
    "an outlet's name above the headline, counters and a source": """
navigation | صوت السهل
title | إصابة مزارعين اثنين بانفجار لغم في أطراف القرية
other | 1250 مشاهدة
body | أصيب مزارعان صباح اليوم بانفجار لغم من مخلفات الحرب أثناء عملهما في أرض زراعية في أطراف القرية.
body | ونقل المزارعان إلى مشفى المدينة، ووصفت إصابة أحدهما بالخطرة بحسب مصدر طبي.
agency | المصدر: الأناضول
""",
    "subscription boxes between paragraphs": """
title | تراجع جديد في أسعار الخضار بأسواق المدينة
date | ٣ تموز ٢٠٢١
body | تراجعت أسعار الخضار في أسواق المدينة هذا الأسبوع بنحو الثلث مع بداية موسم القطاف في الريف القريب.
ad | اشترك في النشرة البريدية
ad | تابعنا على واتساب
body | وقال بائع في سوق الهال إن الكميات الواردة تضاعفت، وإن التصدير توقف منذ أيام بسبب إغلاق المعبر.
ad | إعلان
body | ويتوقع التجار أن تستمر الأسعار في التراجع حتى منتصف الشهر القادم.
navigation | فيسبوك | تويتر | واتساب | تلغرام
""",
    "a rights group's statement with fields": """
title | توثيق مقتل مدني تحت التعذيب في أحد مراكز الاحتجاز
body | المكان: مدينة الوادي
body | الزمان: 2 شباط 2020
body | وثقت المنظمة مقتل مدني من أبناء المدينة تحت التعذيب بعد احتجازه نحو أربعة أشهر دون محاكمة.
body | وتطالب المنظمة بتسليم الجثمان إلى ذويه، وبفتح تحقيق مستقل في ظروف الوفاة ومحاسبة المسؤولين عنها.
""",
    "a live blog's entries": """
title | تغطية مستمرة: تطورات اليوم في مدينة الساحل
body | 14:20 سمع دوي انفجارات في الأطراف الغربية للمدينة، ولم يعرف مصدرها بعد حتى ساعة إعداد الخبر.
body | 13:05 أعلنت البلدية إغلاق طريق المرفأ أمام السيارات حتى إشعار آخر بسبب أعمال إزالة الأنقاض.
body | 11:40 وصلت فرق الدفاع المدني إلى الحي الشرقي وبدأت البحث عن عالقين تحت البناء المنهار.
""",
    "a list inside a report and a closing line": """
title | أسماء المراكز التي توزع الطحين هذا الأسبوع
body | أعلن المجلس المحلي أسماء المراكز التي توزع الطحين على العائلات المسجلة اعتباراً من يوم السبت القادم:
body | - مركز الحي الشمالي قرب المدرسة القديمة
body | - مركز السوق بجانب الفرن الآلي
body | - مركز الحي الغربي في صالة الرياضة
body | ودعا المجلس العائلات إلى إحضار دفتر العائلة، وقال إن التوزيع يستمر ثلاثة أيام.
other | انتهى
""",
    "previous and next links, an author's note": """
title | كيف عاد معمل الزيت إلى العمل بعد عشر سنوات
byline | إعداد: منى الأحمد
body | عاد معمل الزيت في ضاحية المدينة إلى العمل هذا الشهر بعد توقف دام عشر سنوات بسبب المعارك وسرقة آلاته.
body | ويقول مدير المعمل إن الإنتاج يبلغ ثلث ما كان عليه، وإن العمال أصلحوا الآلات بقطع جمعوها من معامل أخرى.
related | المقال السابق
related | المقال التالي
navigation | كلمات مفتاحية: معمل الزيت، صناعة
other | جميع الحقوق محفوظة © 2021 صوت السهل
""",
    "a Kurdish outlet's report in Arabic with a desk": """
title | احتجاجات على انقطاع الكهرباء في بلدات الشمال
byline | فريق التحرير
date | 2021-08-02
body | خرج عشرات السكان في ثلاث بلدات شمالية مساء الأحد احتجاجاً على انقطاع الكهرباء لليوم الخامس على التوالي.
body | وأغلق المحتجون الطريق العام بالإطارات لساعتين، ثم تفرقوا بعد وعود من البلدية بإصلاح المحولات.
agency | (هاوار)
ad | انضموا إلى قناتنا على تلغرام
""",
}
