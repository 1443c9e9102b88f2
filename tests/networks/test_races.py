"""Many clicks at once give one result, on both databases, with real threads."""

from sqlalchemy import func, select

from portal.kernel.db import session
from portal.kernel.facts import FactRow
from portal.networks.models import Membership, Network
from tests.support.at_once import at_once, posting

WORDS = "Jag har byggt trähus i tio år."
REASON = "Nätverket är för dig som arbetar i branschen."


def clicking(browser, path, **form):
    return posting(browser, path, htmx=True, **form)


def facts(*names):
    session().rollback()
    return sorted(session().scalars(select(FactRow.name).where(FactRow.name.in_(names))))


def members(network):
    session().rollback()
    return session().scalar(select(Network.member_count).where(Network.id == network.id))


def current(network):
    session().rollback()
    query = select(func.count()).where(
        Membership.network_id == network.id, Membership.ended_at.is_(None)
    )
    return session().scalar(query)


def test_sixteen_clicks_of_one_person_give_one_membership(personas, make):
    network = make.network("Trä", slug="tra")
    browsers = [personas.browser(personas.bob) for _ in range(16)]
    answers = at_once([clicking(one, "/networks/tra/membership") for one in browsers])
    assert {answer.status_code for answer in answers} == {200}
    assert sum("Välkommen till Trä!" in answer.text for answer in answers) == 1
    assert (current(network), members(network)) == (1, 1)
    assert facts("NetworkJoined") == ["NetworkJoined"]


def test_sixteen_people_who_join_at_once_are_sixteen_members(personas, make):
    network = make.network("Trä", slug="tra")
    browsers = [personas.browser(make.person()) for _ in range(16)]
    answers = at_once([clicking(one, "/networks/tra/membership") for one in browsers])
    assert {answer.status_code for answer in answers} == {200}
    assert (current(network), members(network)) == (16, 16)


def test_eight_requests_of_one_person_are_one(personas):
    network = personas.network
    browsers = [personas.browser(personas.bob) for _ in range(8)]
    path = "/networks/bygg/membership"
    answers = at_once([clicking(one, path, motivation=WORDS) for one in browsers])
    assert {answer.status_code for answer in answers} == {200}
    assert current(network) == 1
    assert facts("MembershipAsked") == ["MembershipAsked"]


def test_two_coordinators_at_once_give_one_outcome_and_one_mail(personas, make, mailbox):
    sven = make.person("Sven Andersson")
    make.membership(sven, personas.network, role="coordinator")
    askers = [make.person(f"Asker {n}", address=f"asker{n}@example.com") for n in range(8)]
    for asker in askers:
        make.membership(asker, personas.network, state="asked", motivation=WORDS)
    acts = []
    mona_clicks = [personas.browser(personas.mona) for _ in askers]
    sven_clicks = [personas.browser(sven) for _ in askers]
    for asker, one, other in zip(askers, mona_clicks, sven_clicks, strict=True):
        path = f"/networks/bygg/requests/{asker.public_id}"
        acts += [clicking(one, f"{path}/approval")]
        acts += [clicking(other, f"{path}/refusal", reason=REASON)]
    answers = at_once(acts)
    assert {answer.status_code for answer in answers} == {200}
    approved, declined = facts("MembershipApproved"), facts("MembershipDeclined")
    assert len(approved) + len(declined) == 8
    assert facts("NetworkJoined") == ["NetworkJoined"] * len(approved)
    told = [answer.text for answer in answers]
    late = sum("Redan godkänd av" in text or "redan fått ett nej av" in text for text in told)
    assert late == 8
    assert current(personas.network) == members(personas.network) == 2 + len(approved)
    assert [len(mailbox.to(f"asker{n}@example.com")) for n in range(8)] == [1] * 8


def test_taking_back_and_letting_in_at_once_give_one_outcome(personas, make):
    network, number = personas.network, 6
    askers = [make.person() for _ in range(number)]
    acts = []
    for asker in askers:
        make.membership(asker, network, state="asked", motivation=WORDS)
        own, coordinator = personas.browser(asker), personas.browser(personas.mona)
        path = f"/networks/bygg/requests/{asker.public_id}/approval"
        acts += [clicking(own, "/networks/bygg/request/withdrawal"), clicking(coordinator, path)]
    assert {answer.status_code for answer in at_once(acts)} == {200}
    withdrawn, approved = facts("RequestWithdrawn"), facts("MembershipApproved")
    assert len(withdrawn) + len(approved) == number
    assert members(network) == 1 + len(approved)


def test_the_last_two_coordinators_do_not_both_leave(personas, make):
    sven = make.person("Sven Andersson")
    make.membership(sven, personas.network, role="coordinator")
    browsers = [personas.browser(personas.mona), personas.browser(sven)]
    path = "/networks/bygg/departure"
    answers = at_once([clicking(one, path) for one in browsers])
    assert sorted(answer.status_code for answer in answers) == [204, 403]
    assert members(personas.network) == 1


def test_clicking_leave_many_times_leaves_once(personas):
    assert personas.mona
    browsers = [personas.browser(personas.alice) for _ in range(8)]
    answers = at_once([clicking(one, "/networks/bygg/departure") for one in browsers])
    assert {answer.status_code for answer in answers} == {204}
    assert members(personas.network) == 1
    assert facts("NetworkLeft") == ["NetworkLeft"]
