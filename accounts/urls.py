"""Addresses of people, parties and their vetting."""

from django.urls import path

from accounts import review_views, views

app_name = "accounts"
urlpatterns = [
    path("team/", views.party_list, name="party_list"),
    path("team/new/", views.party_start, name="party_start"),
    path("team/<uuid:public_id>/", views.party, name="party"),
    path("team/<uuid:public_id>/edit/", views.party_edit, name="party_edit"),
    path("team/<uuid:public_id>/submit/", views.party_submit, name="party_submit"),
    path("team/<uuid:public_id>/act/", views.party_act, name="party_act"),
    path("team/<uuid:public_id>/invite/", views.invite, name="invite"),
    path("team/<uuid:public_id>/leave/", views.leave, name="leave"),
    path("members/<uuid:public_id>/role/", views.member_role, name="member_role"),
    path("members/<uuid:public_id>/remove/", views.member_remove, name="member_remove"),
    path("invitations/<uuid:public_id>/", views.invitation, name="invitation"),
    path("invitations/<uuid:public_id>/accept/", views.invitation_accept, name="invitation_accept"),
    path(
        "invitations/<uuid:public_id>/withdraw/",
        views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("you/", views.person, name="person"),
    path("you/checks/", views.own_checks, name="own_checks"),
    path("review/", review_views.review_queue, name="review_queue"),
    path("review/parties/<uuid:public_id>/", review_views.review_party, name="review_party"),
    path(
        "review/parties/<uuid:public_id>/number/",
        review_views.review_number,
        name="review_number",
    ),
    path(
        "review/parties/<uuid:public_id>/suspend/",
        review_views.review_suspend,
        name="review_suspend",
    ),
    path(
        "review/parties/<uuid:public_id>/reopen/",
        review_views.review_reopen,
        name="review_reopen",
    ),
    path("review/people/", review_views.review_people, name="review_people"),
    path("review/people/<uuid:public_id>/", review_views.review_person, name="review_person"),
    path(
        "review/checks/<uuid:public_id>/withdraw/",
        review_views.check_withdraw,
        name="check_withdraw",
    ),
]
