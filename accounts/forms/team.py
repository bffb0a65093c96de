"""Who else speaks for a party."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address of your colleague"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Membership.Role.STAFF, _("Staff: may post and answer")),
            (Membership.Role.OWNER, _("Owner: may also change the profile and the team")),
        ],
        initial=Membership.Role.STAFF,
        widget=forms.RadioSelect,
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)
