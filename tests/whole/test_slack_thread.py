"""One person's self-review and one manager's rating, over the stand-in for Slack."""

from __future__ import annotations

from pathlib import Path

from place import fill_to_the_end, place, rating_answers, self_answers


async def test_a_self_review_and_a_rating_go_through_slack(tmp_path: Path) -> None:
    async with place(tmp_path, count=48) as here:
        cycle = await here.open_cycle()
        someone = next(one for one in here.colleagues if one.employee_id == "N0018")
        print(someone)
        ana, boss = here.who[someone.employee_id], here.who[someone.manager_id]
        for m in ana.dms(): print("ANA", m.words)
        review = await here.review_id(cycle, someone.employee_id)
        async with here.deps.database.begin(write=False) as tx:
            record = await tx.reviews.get(review)
        rows = [(row.id, row.title[someone.locale]) for row in record.sheet.rows]
        await ana.press("self_review.open")
        assert ana.form, ana.troubles
        steps = await fill_to_the_end(ana, self_answers(someone, rows))
        await here.tick()
        for m in ana.dms(): print("ANA", m.words, m.edits)
        for m in boss.dms(): print("BOSS", m.words, m.edits)
        await boss.press("rate:3.5", near=someone.name)
        assert boss.form, boss.troubles
        await fill_to_the_end(boss, rating_answers(someone, rows))
        await here.tick()
        for m in boss.dms(): print("BOSS", m.words, m.edits)
        hr = next(iter(here.workspace.people[p] for p in here.workspace.channel("#hr").members if p in here.workspace.people))
        for m in hr.messages("#hr"): print("HR", m.words, m.edits)
        print(steps, here.workspace.troubles)
