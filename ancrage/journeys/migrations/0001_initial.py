import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("candidates", "0001_initial"),
        ("matching", "0001_initial"),
        ("partners", "0001_initial"),
        ("professions", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Journey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("goal", models.CharField(blank=True, max_length=300, verbose_name="objectif")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "En accompagnement"),
                            ("in_post", "En poste, à suivre"),
                            ("closed", "Parcours terminé"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "next_action",
                    models.CharField(blank=True, max_length=200, verbose_name="prochaine action"),
                ),
                (
                    "next_action_on",
                    models.DateField(blank=True, null=True, verbose_name="prévue le"),
                ),
                (
                    "waits_for",
                    models.CharField(
                        choices=[
                            ("advisor", "À faire par nous"),
                            ("person", "Attend la personne"),
                            ("partner", "Attend une structure"),
                            ("other", "Attend un autre organisme"),
                        ],
                        default="advisor",
                        max_length=10,
                        verbose_name="qui doit agir",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="ouvert le")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="terminé le")),
                (
                    "close_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("settled", "En poste, suivi terminé"),
                            ("found_alone", "A trouvé un poste par ailleurs"),
                            ("training", "Entrée en formation longue"),
                            ("no_longer_looking", "Ne cherche plus"),
                            ("left_territory", "A quitté le territoire"),
                            ("declined", "Ne souhaite plus être accompagnée"),
                            ("no_news", "Sans nouvelles malgré les relances"),
                            ("mistake", "Ouvert par erreur"),
                            ("erased", "Profil effacé"),
                            ("merged", "Réuni à un autre parcours de la même personne"),
                        ],
                        max_length=20,
                        verbose_name="raison",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "advisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="journeys",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="référent",
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="journeys",
                        to="candidates.candidate",
                        verbose_name="personne",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="journeys",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "parcours",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["active", "in_post"])),
                        fields=["advisor", "next_action_on"],
                        name="journey_day",
                    ),
                    models.Index(
                        fields=["territory", "state", "next_action_on"], name="journey_list"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["active", "in_post"]), _negated=True),
                            models.Q(
                                models.Q(("next_action", ""), _negated=True),
                                ("next_action_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="journey_open_has_next_action",
                        violation_error_message="Un parcours ouvert a toujours une prochaine action et sa date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("close_reason", ""),
                                ("closed_on__isnull", True),
                                ("state__in", ["active", "in_post"]),
                            ),
                            models.Q(
                                ("closed_on__isnull", False),
                                ("state", "closed"),
                                ("next_action", ""),
                                ("next_action_on__isnull", True),
                                models.Q(("close_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="journey_closed_is_dated",
                        violation_error_message="Un parcours terminé a une date et une raison.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="journey_in_order",
                        violation_error_message="La fin précède le début.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["active", "in_post"])),
                        fields=("candidate",),
                        name="journey_one_open",
                        violation_error_message="Cette personne a déjà un parcours ouvert.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Immersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("visit", "Visite d’une structure"),
                            ("immersion", "Immersion"),
                            ("pmsmp", "Mise en situation professionnelle (PMSMP)"),
                            ("territory", "Découverte du territoire"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(verbose_name="au")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Prévue"),
                            ("done", "Faite"),
                            ("cancelled", "Annulée"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="ce qu’il en ressort"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "journey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="immersions",
                        to="journeys.journey",
                    ),
                ),
            ],
            options={
                "verbose_name": "immersion ou visite",
                "indexes": [
                    models.Index(fields=["journey", "starts_on"], name="journey_immersion_order")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="immersion_in_order",
                        violation_error_message="La fin précède le début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Appel"),
                            ("mail", "Courriel"),
                            ("text", "SMS"),
                            ("meeting", "Entretien"),
                            ("video", "Visioconférence"),
                            ("event", "Rencontre ou forum"),
                        ],
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("answered", "Échange avec la personne"),
                            ("message_left", "Message laissé"),
                            ("no_answer", "Pas de réponse"),
                        ],
                        max_length=12,
                        verbose_name="résultat",
                    ),
                ),
                ("on", models.DateField(verbose_name="le")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("flags", models.CharField(blank=True, max_length=200, verbose_name="à relire")),
                ("at", models.DateTimeField(verbose_name="noté le")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "journey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="journeys.journey",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "indexes": [
                    models.Index(fields=["journey", "-on", "-id"], name="journey_contact_order")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArrivalOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("arrived", "Arrivée grâce à"), ("lost", "Perdue à cause de")],
                        max_length=10,
                        verbose_name="issue",
                    ),
                ),
                ("themes", models.JSONField(default=list, verbose_name="thèmes")),
                ("on", models.DateField(verbose_name="le")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "introduction",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="matching.introduction",
                        verbose_name="mise en relation",
                    ),
                ),
                (
                    "journey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arrival_outcomes",
                        to="journeys.journey",
                    ),
                ),
            ],
            options={
                "verbose_name": "issue d’un accueil",
                "indexes": [models.Index(fields=["kind", "on"], name="arrival_outcome_figures")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("introduction__isnull", True)),
                        fields=("journey",),
                        name="arrival_outcome_once",
                        violation_error_message="L’issue de ce parcours est déjà notée.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accompanied", "Accompagnée"),
                            ("immersed", "En immersion"),
                            ("introduced", "Mise en relation"),
                            ("met", "Rencontre avec une structure"),
                            ("trained", "Entrée en formation"),
                            ("hired", "Embauchée"),
                            ("kept_3", "En poste à 3 mois"),
                            ("kept_6", "En poste à 6 mois"),
                            ("kept_12", "En poste à 12 mois"),
                            ("left", "Partie du poste"),
                        ],
                        max_length=12,
                        verbose_name="jalon",
                    ),
                ),
                ("on", models.DateField(verbose_name="le")),
                (
                    "journey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="journeys.journey",
                    ),
                ),
            ],
            options={
                "verbose_name": "jalon",
                "indexes": [models.Index(fields=["kind", "on"], name="journey_milestone_figures")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("journey", "kind"), name="journey_milestone_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=200, verbose_name="poste")),
                (
                    "contract",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("civil_servant", "Fonction publique (titulaire, mutation)"),
                            ("cdi", "CDI"),
                            ("cdd", "CDD"),
                            ("vacation", "Vacation"),
                            ("apprenticeship", "Apprentissage"),
                            ("locum", "Remplacement libéral"),
                            ("associate", "Collaboration libérale"),
                            ("partner_doctor", "Association"),
                            ("successor", "Succession"),
                            ("salaried", "Exercice salarié (médecin)"),
                            ("junior_doctor", "Accueil d’un docteur junior"),
                        ],
                        max_length=30,
                        verbose_name="contrat",
                    ),
                ),
                ("started_on", models.DateField(verbose_name="prise de poste")),
                (
                    "contract_ends_on",
                    models.DateField(blank=True, null=True, verbose_name="fin prévue du contrat"),
                ),
                ("followed_since", models.DateField(verbose_name="suivie depuis")),
                ("known_on", models.DateField(verbose_name="dernières nouvelles")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="départ")),
                (
                    "leave_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contract_end", "Fin du contrat"),
                            ("other_post_here", "Autre poste sur le territoire"),
                            ("other_post_away", "Autre poste ailleurs"),
                            ("training", "Reprise d’études ou formation"),
                            ("hours", "Horaires ou charge de travail"),
                            ("pay", "Rémunération"),
                            ("team", "Équipe ou encadrement"),
                            ("missions", "Contenu du poste"),
                            ("distance", "Trajets"),
                            ("housing", "Logement"),
                            ("trial_by_partner", "Essai arrêté par la structure"),
                            ("trial_by_person", "Essai arrêté par la personne"),
                            ("retirement", "Retraite"),
                            ("personal", "Raison personnelle, sans précision"),
                            ("unknown", "Raison non connue"),
                        ],
                        max_length=20,
                        verbose_name="raison du départ",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="précision")),
                (
                    "introduction",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stay",
                        to="matching.introduction",
                    ),
                ),
                (
                    "journey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stays",
                        to="journeys.journey",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="professions.profession",
                        verbose_name="métier",
                    ),
                ),
            ],
            options={
                "verbose_name": "prise de poste",
                "indexes": [
                    models.Index(fields=["started_on"], name="stay_start"),
                    models.Index(
                        condition=models.Q(
                            ("contract_ends_on__isnull", False), ("ended_on__isnull", True)
                        ),
                        fields=["contract_ends_on"],
                        name="stay_contract_end",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("leave_reason", "")),
                            models.Q(
                                ("ended_on__isnull", False),
                                models.Q(("leave_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stay_end_has_reason",
                        violation_error_message="Un départ a une date et une raison.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("followed_since__gte", models.F("started_on")),
                            ("known_on__gte", models.F("started_on")),
                            models.Q(
                                ("ended_on__isnull", True),
                                ("ended_on__gte", models.F("started_on")),
                                _connector="OR",
                            ),
                        ),
                        name="stay_in_order",
                        violation_error_message="Ces dates se contredisent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contract_ends_on__isnull", True),
                            ("contract_ends_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="stay_contract_in_order",
                        violation_error_message="La fin du contrat précède la prise de poste.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("journey", "partner"),
                        name="stay_one_current_there",
                        violation_error_message="Cette personne est déjà notée en poste ici.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="à (mois)")),
                (
                    "side",
                    models.CharField(
                        choices=[("person", "La personne"), ("partner", "La structure")],
                        max_length=8,
                        verbose_name="à qui",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="prévu le")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Prévu"),
                            ("sent", "Envoyé"),
                            ("reminded", "Relancé"),
                            ("answered", "Répondu"),
                            ("dropped", "Sans objet"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="envoyé le")),
                (
                    "reminded_on",
                    models.DateField(blank=True, null=True, verbose_name="relancé le"),
                ),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="répondu le"),
                ),
                (
                    "presence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("here", "Oui, toujours en poste"),
                            ("left", "Non, plus en poste"),
                        ],
                        max_length=5,
                        verbose_name="toujours en poste",
                    ),
                ),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Mal"), (2, "Plutôt mal"), (3, "Plutôt bien"), (4, "Bien")],
                        null=True,
                        verbose_name="comment cela se passe",
                    ),
                ),
                (
                    "difficulties",
                    models.JSONField(
                        blank=True, default=list, verbose_name="ce qui pourrait aller mieux"
                    ),
                ),
                (
                    "comment",
                    models.CharField(blank=True, max_length=1000, verbose_name="en quelques mots"),
                ),
                (
                    "wants_call",
                    models.BooleanField(default=False, verbose_name="souhaite être rappelé"),
                ),
                (
                    "called_back_on",
                    models.DateField(blank=True, null=True, verbose_name="rappelé le"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="répondu par",
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="journeys.stay",
                    ),
                ),
            ],
            options={
                "verbose_name": "point d’étape",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["planned", "reminded", "sent"])),
                        fields=["due_on"],
                        name="follow_up_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stay", "months", "side"), name="follow_up_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_on__isnull", False),
                                ("state", "answered"),
                                models.Q(("presence", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answered_on__isnull", True),
                                ("presence", ""),
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_answer_is_whole",
                        violation_error_message="Une réponse dit si la personne est en poste.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="étape")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="pour le")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="faite le")),
                (
                    "journey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="journeys.journey",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape",
                "indexes": [models.Index(fields=["journey", "due_on"], name="journey_step_order")],
            },
        ),
    ]
