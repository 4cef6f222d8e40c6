"""``manage.py check_links``: ask whether what our pages link to is still there."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.editing.outward import Asker
from cms.editing.outward_run import Outcome, run


class Command(BaseCommand):
    @property
    def help(self) -> str:  # type: ignore[override]
        return _("检查已发布页面上的外部链接，结果见后台“报告”。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        told = _("多少天之内查过且能打开的不再查，默认 7。")
        parser.add_argument("--days", type=int, default=7, help=told)
        told = _("这一次至多查多少个。")
        parser.add_argument("--limit", type=int, default=None, help=told)

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = run(Asker(), options["days"], options["limit"])
        told = _(
            "查了 %(asked)d 个外部链接：%(works)d 个可以打开，%(broken)d 个已失效，"
            "%(unknown)d 个未能检查，%(refused)d 个是内部地址，不检查。"
        )
        counts = {name: getattr(outcome, name) for name in Outcome.__slots__}
        self.stdout.write(told % counts)
        if outcome.asked and not outcome.works and not outcome.broken:
            self.stdout.write(_("一个也没有应答：这台机器可能不能上网。"))
