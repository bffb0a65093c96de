"""Addresses of people, parties and their vetting."""

from django.urls import path

from accounts import (
    adverse_views,
    concern_views,
    conduct_views,
    evidence_views,
    review_views,
    second_factor_views,
    team_views,
    views,
)

app_name = "accounts"
urlpatterns = [
    path("team/", views.party_list, name="party_list"),
    path("team/new/", views.party_start, name="party_start"),
    path("team/<uuid:public_id>/", views.party, name="party"),
    path("team/<uuid:public_id>/edit/", views.party_edit, name="party_edit"),
    path("team/<uuid:public_id>/submit/", views.party_submit, name="party_submit"),
    path("team/<uuid:public_id>/act/", views.party_act, name="party_act"),
    path("team/<uuid:public_id>/invite/", team_views.invite, name="invite"),
    path("team/<uuid:public_id>/leave/", team_views.leave, name="leave"),
    path("members/<uuid:public_id>/role/", team_views.member_role, name="member_role"),
    path("members/<uuid:public_id>/remove/", team_views.member_remove, name="member_remove"),
    path("invitations/<uuid:public_id>/", team_views.invitation, name="invitation"),
    path(
        "invitations/<uuid:public_id>/accept/",
        team_views.invitation_accept,
        name="invitation_accept",
    ),
    path(
        "invitations/<uuid:public_id>/withdraw/",
        team_views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("team/<uuid:public_id>/evidence/", evidence_views.evidence, name="evidence"),
    path("team/<uuid:public_id>/sponsor/", evidence_views.sponsor_ask, name="sponsor_ask"),
    path("mailbox/<uuid:secret>/", evidence_views.mailbox, name="mailbox"),
    path("sponsor/<uuid:public_id>/", evidence_views.sponsor, name="sponsor"),
    path("sponsor/<uuid:public_id>/stop/", evidence_views.sponsor_stop, name="sponsor_stop"),
    path("agreement/", conduct_views.agreement, name="conduct"),
    path("concerns/<uuid:public_id>/", concern_views.concern, name="concern"),
    path("you/", views.person, name="person"),
    path("you/second-step/", second_factor_views.second_factor_page, name="second_factor"),
    path("you/checks/", views.own_checks, name="own_checks"),
    path(
        "you/checks/<uuid:public_id>/",
        adverse_views.own_consideration,
        name="own_consideration",
    ),
    path("review/parties/<uuid:public_id>/claim/", review_views.claim, name="claim"),
    path("review/parties/<uuid:public_id>/give-back/", review_views.give_back, name="give_back"),
    path("review/people/", review_views.review_people, name="review_people"),
    path("review/people/<uuid:public_id>/", review_views.review_person, name="review_person"),
    path("review/people/<uuid:public_id>/consider/", adverse_views.consider, name="consider"),
    path("review/considered/", adverse_views.considerations, name="considerations"),
    path("review/considered/<uuid:public_id>/", adverse_views.consideration, name="consideration"),
    *(
        path(
            f"review/considered/<uuid:public_id>/{step}/",
            adverse_views.consideration_step,
            {"step": step},
            name=f"consideration_{step}",
        )
        for step in adverse_views.STEPS
    ),
    path("review/concerns/", concern_views.concern_queue, name="concern_queue"),
    path("review/concerns/<uuid:public_id>/", concern_views.concern_review, name="concern_review"),
    path(
        "review/checks/<uuid:public_id>/withdraw/",
        review_views.check_withdraw,
        name="check_withdraw",
    ),
]
