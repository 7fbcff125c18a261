"""Addresses of the pages."""

from django.urls import path
from django.views.generic import RedirectView

from tawthiq.web.views import (
    about,
    access,
    accounts,
    accounts_factors,
    accounts_own,
    accounts_second,
    accounts_team,
    authority,
    boilerplate,
    captures,
    corrections,
    errors,
    evidence,
    help,
    incidents,
    layers,
    link_decisions,
    media,
    page_review,
    page_view,
    people,
    queue,
    reports,
    search,
    statements,
)
from tawthiq.web.views import map as map_views

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

_queue = [
    path("queue/", queue.overview, name="queue"),
    path("queue/next/", queue.following, name="queue-next"),
    path("queue/proposals/<int:number>/", queue.judged, name="queue-proposal"),
    path("queue/act/", queue.act, name="queue-act"),
    path("queue/give/", queue.give, name="queue-give"),
    path("queue/leave/", queue.leave, name="queue-leave"),
    path("queue/keys/", queue.keys, name="queue-keys"),
    path("queue/undo/", queue.undo, name="queue-undo"),
]

urlpatterns = [
    *_queue,
    path("", RedirectView.as_view(pattern_name="reports"), name="home"),
    path("reports/", reports.listing, name="reports"),
    path("reports/<int:number>/", reports.detail, name="report"),
    path("reports/<int:number>/page/", page_view.detail, name="page-view"),
    path("review/pages/", page_review.listing, name="page-review"),
    path("reports/<int:number>/page/correct/", corrections.correct, name="page-correct"),
    path("reports/<int:number>/page/confirm/", corrections.confirm, name="page-confirm"),
    path("reports/<int:number>/page/corrections/", corrections.decisions, name="page-corrections"),
    path("reports/<int:number>/page/withdraw/", corrections.take_back, name="page-correction-withdraw"),
    path("statements/", statements.listing, name="statements"),
    path("incidents/", incidents.listing, name="incidents"),
    path("incidents/<int:number>/", incidents.detail, name="incident"),
    path("incidents/<int:number>/same/<int:other>/", link_decisions.same, name="incident-same"),
    path("incidents/queue/", link_decisions.queue, name="link-queue"),
    path("incidents/decide/", link_decisions.decide, name="link-decide"),
    path("incidents/decisions/", link_decisions.decisions, name="link-decisions"),
    path("incidents/decisions/withdraw/", link_decisions.take_back, name="link-decisions-withdraw"),
    path("incidents/weights/", link_decisions.weights, name="link-weights"),
    path("search/", search.results, name="search"),
    path("evidence/", evidence.listing, name="evidence"),
    path("evidence/<int:number>/", evidence.detail, name="evidence-item"),
    path("evidence/<int:number>/media/", media.detail, name="evidence-media"),
    path("evidence/<int:number>/captures/", captures.listing, name="captures"),
    path("evidence/<int:number>/compare/<int:other>/", captures.compare, name="captures-compare"),
    path("evidence/<int:number>/payload", evidence.payload, name="payload"),
    path("evidence/<int:number>/pictures/<int:part>", evidence.picture, name="visit-picture"),
    path("evidence/<int:number>/parts/<int:part>", evidence.part, name="visit-part"),
    path("boilerplate/", boilerplate.listing, name="boilerplate"),
    path("boilerplate/<str:host>/", boilerplate.detail, name="boilerplate-host"),
    path("authority/", authority.listing, name="authority"),
    path("authority/decide/<str:step>/", authority.decision, name="authority-decide"),
    path("authority/entry/<path:code>/", authority.detail, name="authority-entry"),
    path("people/", people.listing, name="people"),
    path("people/<int:number>/", people.detail, name="people-pair"),
    path("people/<int:number>/decide/", people.decide, name="people-decide"),
    path("about/", about.about, name="about"),
    # Who may see what
    path("team/groups/", access.groups, name="groups"),
    path("team/groups/<int:number>/", access.group, name="group"),
    path("evidence/<int:number>/restrict/", access.restriction, name="item-restrict"),
    path("help/terms/", help.terms, name="terms"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-in/second/", accounts_second.second_step, name="sign-in-second"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign-out"),
    path("first-owner/<str:token>/", accounts.become_owner, name="first-owner"),
    path("join/<str:token>/", accounts.join, name="join"),
    path("account/", accounts_own.account, name="account"),
    path("account/password/", accounts_own.password, name="account-password"),
    path("account/sessions/", accounts_own.open_sessions, name="account-sessions"),
    path("account/confirm/", accounts_own.confirm, name="account-confirm"),
    path("account/factors/", accounts_factors.listing, name="account-factors"),
    path("account/factors/codes/", accounts_factors.codes, name="account-codes"),
    path("account/factors/key/", accounts_factors.key, name="account-key"),
    path("team/", accounts_team.listing, name="team"),
    path("team/<int:number>/", accounts_team.member, name="team-member"),
    path("language/", accounts.language, name="language"),
]

urlpatterns += [
    path("map/", map_views.world, name="map"),
    path("map/marks.json", map_views.marks_as_json, name="map-marks"),
    path("map/layers/", layers.listing, name="map-layers"),
    path("map/layers/choose/", layers.choose, name="map-layer-choose"),
    path("map/layer.geojson", layers.shown, name="map-layer"),
]
