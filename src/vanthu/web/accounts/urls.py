"""Sign-in, second factors and sessions (allauth's views, our templates), and the pages about people."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from vanthu.web.accounts import (
    activation,
    delegations,
    own,
    people,
    programs,
    rights,
    rules,
    sessions,
    sign_in,
    tokens,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", sign_in.SignInView.as_view(), name="account_login"),
    path("sign-in/demo", sign_in.demo_sign_in, name="demo_sign_in"),
    path("sign-in/locked/", account.account_inactive, name="account_inactive"),
    path("sign-out/", sign_in.SignOutView.as_view(), name="account_logout"),
    path("activate/<str:token>", activation.activate, name="activate"),
    path("account/", own.account, name="account"),
    path("account/work-in/<int:office_id>", own.work_in, name="work_in"),
    path("account/preferences/", own.preferences, name="preferences"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/sessions/", sessions.SessionsView.as_view(), name="usersessions_list"),
    path("account/delegations/", delegations.delegations, name="delegations"),
    path("account/delegations/<int:pk>/revoke", delegations.revoke, name="revoke_delegation"),
    path("account/rights/", rights.my_rights, name="my_rights"),
    path("account/rights/confirm", rights.confirm_rights, name="confirm_rights"),
    path("office/rules/", rules.office_rules, name="office_rules"),
    path("people/rights/", rights.unconfirmed_rights, name="unconfirmed_rights"),
    path("people/delegations/", delegations.office_delegations, name="office_delegations"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revoke", tokens.revoke_token, name="revoke_token"),
    path("people/programs/", programs.programs, name="programs"),
    path("people/programs/<int:pk>/", programs.program, name="program"),
    path("people/programs/<int:pk>/tokens", programs.make_program_token, name="make_program_token"),
    path(
        "people/programs/<int:pk>/tokens/<int:token_id>/revoke",
        programs.revoke_program_token,
        name="revoke_program_token",
    ),
    path("people/programs/<int:pk>/lock", programs.lock_program, name="lock_program"),
    path("people/programs/<int:pk>/unlock", programs.unlock_program, name="unlock_program"),
    path("people/", people.people, name="people"),
    path("people/new", people.add_person, name="add_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/slip", people.make_activation, name="make_activation"),
    path("people/<int:pk>/lock", people.lock, name="lock_person"),
    path("people/<int:pk>/unlock", people.unlock, name="unlock_person"),
    path("people/<int:pk>/posts", people.give_post, name="give_post"),
    path("people/<int:pk>/posts/<int:post_id>/end", people.end_post, name="end_post"),
]
