"""Readings of the law in words: what each option of a question means. The questions themselves stand in law/."""

from luytre.core.when import period

WORDS: dict[str, dict[str, str]] = {
    "last_day_is_D_minus_1": {"vi": "Không gồm ngày D: ngày cuối là hôm trước", "en": "Without day D: the last good day is the day before"},
    "last_day_is_D": {"vi": "Gồm cả ngày D", "en": "Day D included"},
    "fixed": {"vi": "Theo kỳ cố định", "en": "Fixed windows"},
    "rolling": {"vi": "Cuốn chiếu từ lần trước", "en": "Rolling, from the last time"},
    "fixed_date_stands": {"vi": "Ngày cố định giữ nguyên", "en": "A fixed date stands"},
    "fixed_date_rolls": {"vi": "Lùi sang ngày làm việc kế tiếp", "en": "It moves to the next working day"},
    "within_60_days": {"vi": "Trong 60 ngày từ ngày hình thành", "en": "Within 60 days of coming into being"},
    "at_once": {"vi": "Phải có ngay", "en": "At once"},
    "first_full_period": {"vi": "Kỳ trọn vẹn đầu tiên", "en": "The first full window"},
    "running_period": {"vi": "Kỳ đang chạy khi văn bản có hiệu lực", "en": "The window running when the text took effect"},
    "checked_again": {"vi": "Phải kiểm tra lại theo chu kỳ", "en": "Checked again at the interval"},
    "once_is_enough": {"vi": "Công bố một lần là đủ", "en": "Once is enough"},
    "until_decree_331": {"vi": "Đến ngày Nghị định 331 có hiệu lực", "en": "Until Decree 331 takes effect"},
    "until_law_116": {"vi": "Đến ngày Luật 116/2025 có hiệu lực", "en": "Until Law 116/2025 takes effect"},
    "still_in_force": {"vi": "Vẫn còn áp dụng", "en": "Still in force"},
    "by_day_of_detection": {"vi": "Theo ngày phát hiện", "en": "By the day of detection"},
    "by_day_of_report": {"vi": "Theo ngày báo cáo", "en": "By the day of the report"},
    "decision_05_article_9": {"vi": "Theo Điều 9 Quyết định 05/2017", "en": "Article 9 of Decision 05/2017"},
    "every_incident": {"vi": "Mọi sự cố", "en": "Every incident"},
    "five_days_stay": {"vi": "Còn hạn 5 ngày", "en": "The five days stay"},
    "ended_with_decree_331": {"vi": "Hết áp dụng cùng Nghị định 331", "en": "Ended with Decree 331"},
    "day_of_the_change": {"vi": "Chậm nhất ngày chuyển mục đích", "en": "On the day of the change at the latest"},
    "before_the_change": {"vi": "Trước ngày chuyển mục đích", "en": "Before the change"},
    "unknown_until_confirmed": {"vi": "Chưa xác định đến khi xác nhận danh mục", "en": "Unknown until the register is confirmed"},
    "no_duty": {"vi": "Không phát sinh nhiệm vụ", "en": "No duty arises"},
    "coordinator_reports_up": {"vi": "Cơ quan đầu mối báo cáo lên trên", "en": "The coordinator reports up"},
    "each_unit_reports_up": {"vi": "Từng đơn vị báo cáo lên trên", "en": "Each unit reports up"},
}


PERIODS = ("P1M", "P3M", "P6M", "P12M", "P24M", "P30D", "P60D", "P90D")
UNITS = {
    "day": {"vi": "ngày", "en": "days"},
    "month": {"vi": "tháng", "en": "months"},
    "hour": {"vi": "giờ", "en": "hours"},
    "percent": {"vi": "%", "en": "%"},
    "number": {"vi": "", "en": ""},
}


def value_says(unit: str, value: object, lang: str) -> str:
    """A parameter's value as people say it: P6M → 6 tháng, 5 → 5 ngày."""
    if unit == "period":
        length = period(str(value))
        parts = [(length.months, UNITS["month"][lang]), (length.days, UNITS["day"][lang])]
        return " ".join(f"{number} {word}" for number, word in parts if number)
    return f"{value} {UNITS.get(unit, UNITS['number'])[lang]}".strip()


def says(option: str, lang: str) -> str:
    """An option in words; one nobody has worded stands as it is written in the law's file."""
    return WORDS[option][lang] if option in WORDS else option
