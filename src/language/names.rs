//! Which languages exist, and what people call them.

/// The languages with a code of two letters. Source: ISO 639-1.
pub(super) const CODES: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv \
    cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho \
    hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku \
    kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn \
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl \
    sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve \
    vi vo wa wo xh yi yo za zh zu";

/// What people write for a tag, in lower case: the name of the language in English and in the language
/// itself, and codes of countries that are not codes of languages.
pub(super) const NAMES: &[(&str, &str)] = &[
    ("af", "afrikaans"),
    ("ar", "arabic العربية"),
    ("be", "belarusian беларуская by"),
    ("bg", "bulgarian български"),
    ("bn", "bengali বাংলা"),
    ("bs", "bosnian bosanski"),
    ("ca", "catalan català"),
    ("cs", "czech čeština český cz"),
    ("cy", "welsh cymraeg"),
    ("da", "danish dansk dk"),
    ("de", "german deutsch"),
    ("el", "greek ελληνικά gr"),
    ("en", "english uk-english us gb"),
    ("es", "spanish español castellano"),
    ("et", "estonian eesti"),
    ("eu", "basque euskara"),
    ("fa", "persian farsi فارسی"),
    ("fi", "finnish suomi"),
    ("fr", "french français"),
    ("ga", "irish gaeilge"),
    ("gl", "galician galego"),
    ("gsw", "swiss-german schweizerdeutsch"),
    ("he", "hebrew עברית"),
    ("hi", "hindi हिन्दी"),
    ("hr", "croatian hrvatski"),
    ("hu", "hungarian magyar"),
    ("hy", "armenian հայերեն"),
    ("id", "indonesian bahasa"),
    ("is", "icelandic íslenska"),
    ("it", "italian italiano"),
    ("ja", "japanese 日本語 jp"),
    ("ka", "georgian ქართული"),
    ("kk", "kazakh қазақ"),
    ("ko", "korean 한국어"),
    ("lb", "luxembourgish lëtzebuergesch"),
    ("lt", "lithuanian lietuvių"),
    ("lv", "latvian latviešu"),
    ("mk", "macedonian македонски"),
    ("ms", "malay melayu"),
    ("mt", "maltese malti"),
    ("nb", "norwegian norsk bokmål"),
    ("nl", "dutch nederlands flemish vlaams"),
    ("nn", "nynorsk"),
    ("pl", "polish polski"),
    ("pt", "portuguese português"),
    ("pt-BR", "brazilian brasileiro br-pt"),
    ("ro", "romanian română"),
    ("ru", "russian русский"),
    ("sk", "slovak slovenčina"),
    ("sl", "slovenian slovene slovenščina"),
    ("sq", "albanian shqip"),
    ("sr", "serbian српски srpski rs"),
    ("sv", "swedish svenska"),
    ("sw", "swahili kiswahili"),
    ("ta", "tamil தமிழ்"),
    ("th", "thai ไทย"),
    ("tl", "tagalog filipino"),
    ("tr", "turkish türkçe"),
    ("uk", "ukrainian українська ua"),
    ("ur", "urdu اردو pk"),
    ("vi", "vietnamese việt vn"),
    ("zh", "chinese mandarin 中文 cn"),
];
