import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ancrage.kit.search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("partners", "0001_initial"),
        ("privacy", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="identifiant")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("settling", "S’installer et exercer"),
                            ("studies", "Étudier, faire un stage"),
                            ("training", "Se former, changer de métier"),
                            ("career", "Travailler à l’hôpital"),
                            ("housing", "Se loger"),
                            ("childcare", "Faire garder ses enfants"),
                            ("mobility", "Se déplacer, déménager"),
                            ("tax", "Impôts et taxes"),
                        ],
                        max_length=12,
                        verbose_name="sujet",
                    ),
                ),
                (
                    "payer",
                    models.CharField(
                        choices=[
                            ("health_insurance", "Assurance maladie"),
                            ("ars", "Agence régionale de santé"),
                            ("state", "État"),
                            ("cng", "Centre national de gestion"),
                            ("university_hospital", "CHU de rattachement"),
                            ("hospital", "Hôpital public"),
                            ("employer", "Employeur et son fonds de formation"),
                            ("local_authority", "Commune, intercommunalité ou département"),
                            ("action_logement", "Action Logement"),
                            ("france_travail", "France Travail"),
                            ("caf", "Caisse d’allocations familiales"),
                            ("landlord", "Propriétaire du logement"),
                            ("unread", "Payeur à vérifier"),
                        ],
                        max_length=20,
                        verbose_name="payeur",
                    ),
                ),
                (
                    "for_person",
                    models.BooleanField(default=False, verbose_name="pour une personne"),
                ),
                (
                    "for_structure",
                    models.BooleanField(default=False, verbose_name="pour une structure"),
                ),
                (
                    "for_commune",
                    models.BooleanField(default=False, verbose_name="pour une commune"),
                ),
                ("label_fr", models.CharField(max_length=140, verbose_name="nom")),
                ("label_en", models.CharField(max_length=140, verbose_name="nom en anglais")),
                ("content_fr", models.TextField(verbose_name="contenu")),
                ("content_en", models.TextField(verbose_name="contenu en anglais")),
                (
                    "opens_on",
                    models.DateField(blank=True, null=True, verbose_name="ouverte depuis"),
                ),
                (
                    "closes_on",
                    models.DateField(blank=True, null=True, verbose_name="ouverte jusqu’au"),
                ),
                ("source_name", models.CharField(max_length=160, verbose_name="source")),
                (
                    "source_url",
                    models.URLField(max_length=500, verbose_name="adresse de la source"),
                ),
                ("checked_on", models.DateField(verbose_name="vérifiée le")),
                (
                    "check_every_days",
                    models.PositiveSmallIntegerField(
                        default=365, verbose_name="à revérifier tous les (jours)"
                    ),
                ),
                ("doubt_fr", models.TextField(blank=True, verbose_name="doute")),
                ("doubt_en", models.TextField(blank=True, verbose_name="doute, en anglais")),
                (
                    "commitment_months",
                    models.PositiveSmallIntegerField(default=0, verbose_name="engagement (mois)"),
                ),
                (
                    "commitment_factor",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="engagement, en fois la durée de la formation (%)"
                    ),
                ),
                (
                    "commitment_least",
                    models.PositiveSmallIntegerField(default=0, verbose_name="au moins (mois)"),
                ),
                (
                    "commitment_most",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="au plus (mois)"
                    ),
                ),
                (
                    "repayment",
                    models.CharField(
                        choices=[
                            ("none", "Aucun remboursement"),
                            ("pro_rata", "Remboursement au prorata du temps restant"),
                            ("whole", "Remboursement entier"),
                            ("unknown", "Remboursement à vérifier"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="en cas de départ",
                    ),
                ),
                (
                    "commitment_fr",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="ce qui est dû en retour"
                    ),
                ),
                (
                    "commitment_en",
                    models.CharField(
                        blank=True,
                        max_length=240,
                        verbose_name="ce qui est dû en retour, en anglais",
                    ),
                ),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, null=True, verbose_name="dans l’inventaire depuis"
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True, null=True, verbose_name="dans l’inventaire jusqu’au"
                    ),
                ),
                ("reference", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "aide",
                "indexes": [models.Index(fields=["topic", "code"], name="scheme_topic")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__isnull", True),
                            ("closes_on__isnull", True),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="scheme_closes_after_opening",
                        violation_error_message="Une aide ne peut pas se terminer avant d’ouvrir.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("for_person", True),
                            ("for_structure", True),
                            ("for_commune", True),
                            _connector="OR",
                        ),
                        name="scheme_has_a_receiver",
                        violation_error_message="Dites à qui sert cette aide\xa0: personne, structure ou commune.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("check_every_days__gte", 1), ("check_every_days__lte", 1100)
                        ),
                        name="scheme_check_interval",
                        violation_error_message="Une aide se revérifie au moins tous les trois ans (1 à 1 100 jours).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("doubt_en", ""), ("doubt_fr", "")),
                            models.Q(
                                models.Q(("doubt_fr", ""), _negated=True),
                                models.Q(("doubt_en", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="scheme_doubt_in_both_languages",
                        violation_error_message="Écrivez le doute en français et en anglais.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NonCumulationGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="identifiant")),
                ("reason_fr", models.CharField(max_length=240, verbose_name="pourquoi")),
                (
                    "reason_en",
                    models.CharField(max_length=240, verbose_name="pourquoi, en anglais"),
                ),
                ("source_url", models.URLField(max_length=500, verbose_name="source")),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("reference", models.JSONField(blank=True, default=dict)),
                (
                    "schemes",
                    models.ManyToManyField(related_name="exclusions", to="schemes.scheme"),
                ),
            ],
            options={
                "verbose_name": "aides non cumulables",
            },
        ),
        migrations.CreateModel(
            name="AidRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Demandée"),
                            ("granted", "Accordée"),
                            ("paid", "Versée"),
                            ("refused", "Refusée"),
                            ("closed", "Classée"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="demandée le")),
                ("state_on", models.DateField(verbose_name="dans cet état depuis le")),
                (
                    "asked_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="montant demandé"
                    ),
                ),
                (
                    "granted_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="montant accordé"
                    ),
                ),
                (
                    "paid_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="montant versé"
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="l’engagement commence le"
                    ),
                ),
                (
                    "course_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="durée de la formation (mois)"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("reminded_on", models.DateField(blank=True, null=True)),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("revision", models.PositiveIntegerField(default=1)),
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
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aid_requests",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aid_requests",
                        to="privacy.datasubject",
                        verbose_name="personne",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aid_requests",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="schemes.scheme",
                        verbose_name="aide",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande d’aide",
                "indexes": [
                    models.Index(
                        fields=["territory", "state", "-state_on"], name="aid_request_list"
                    ),
                    models.Index(fields=["state", "asked_on"], name="aid_request_silent"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("partner__isnull", True), ("subject__isnull", False)),
                            models.Q(("partner__isnull", False), ("subject__isnull", True)),
                            _connector="OR",
                        ),
                        name="aid_request_of_one",
                        violation_error_message="Une demande est celle d’une personne ou d’une structure.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state_on__gte", models.F("asked_on"))),
                        name="aid_request_in_order",
                        violation_error_message="La suite d’une demande ne peut pas la précéder.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked"), ("subject__isnull", False)),
                        fields=("scheme", "subject"),
                        name="aid_request_person_once",
                        violation_error_message="Cette aide est déjà demandée, et attend sa réponse.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("partner__isnull", False), ("state", "asked")),
                        fields=("scheme", "partner"),
                        name="aid_request_partner_once",
                        violation_error_message="Cette aide est déjà demandée, et attend sa réponse.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchemeAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(verbose_name="rang")),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("once", "une fois"),
                            ("month", "par mois"),
                            ("semester", "par semestre"),
                            ("year", "par an"),
                            ("unit", "à l’unité"),
                            ("rate", "en pourcentage"),
                        ],
                        max_length=10,
                        verbose_name="rythme",
                    ),
                ),
                ("low", models.PositiveIntegerField(verbose_name="montant")),
                ("high", models.PositiveIntegerField(verbose_name="jusqu’à")),
                (
                    "label_fr",
                    models.CharField(blank=True, max_length=160, verbose_name="précision"),
                ),
                (
                    "label_en",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="précision en anglais"
                    ),
                ),
                ("rule", models.TextField(blank=True, verbose_name="condition de ce montant")),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("reference", models.JSONField(blank=True, default=dict)),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amounts",
                        to="schemes.scheme",
                    ),
                ),
            ],
            options={
                "verbose_name": "montant d’une aide",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scheme", "rank"), name="scheme_amount_rank_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("high__gte", models.F("low"))),
                        name="scheme_amount_in_order",
                        violation_error_message="Le haut du montant est sous le bas.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchemeCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="cas")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="faits")),
                ("on", models.DateField(verbose_name="jour de la question")),
                (
                    "expected",
                    models.CharField(
                        choices=[("yes", "Oui"), ("to_check", "À vérifier"), ("no", "Non")],
                        max_length=8,
                        verbose_name="réponse attendue",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="schemes.scheme",
                    ),
                ),
            ],
            options={
                "verbose_name": "cas d’essai d’une aide",
                "indexes": [models.Index(fields=["scheme", "id"], name="scheme_case_of")],
            },
        ),
        migrations.CreateModel(
            name="SchemeRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "applies_from",
                    models.DateField(blank=True, null=True, verbose_name="s’applique depuis"),
                ),
                ("text", models.TextField(verbose_name="règle")),
                (
                    "note",
                    models.CharField(blank=True, max_length=240, verbose_name="ce qui a changé"),
                ),
                ("created_at", models.DateTimeField(blank=True, null=True)),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="connue depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="mise de côté le"),
                ),
                ("reference", models.JSONField(blank=True, default=dict)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="schemes.scheme",
                    ),
                ),
            ],
            options={
                "verbose_name": "règle d’une aide",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("scheme", "applies_from"),
                        name="scheme_rule_once_a_day",
                        violation_error_message="Cette aide a déjà une règle à cette date.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("applies_from__isnull", True), ("valid_to__isnull", True)
                        ),
                        fields=("scheme",),
                        name="scheme_first_rule_once",
                        violation_error_message="Cette aide a déjà une règle à cette date.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Zoning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        choices=[
                            ("ZIP", "Zone d’intervention prioritaire (ZIP)"),
                            ("ZAC", "Zone d’action complémentaire (ZAC)"),
                            ("ZAR", "Zone d’accompagnement régional (ZAR)"),
                            ("QPV", "Quartier prioritaire de la politique de la ville (QPV)"),
                            ("FRR", "France ruralités revitalisation (FRR)"),
                            ("ZRR", "Ancienne zone de revitalisation rurale (ZRR)"),
                        ],
                        max_length=8,
                        verbose_name="zone",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="depuis")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("licence", models.CharField(blank=True, max_length=120, verbose_name="licence")),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zonings",
                        to="territory.commune",
                    ),
                ),
            ],
            options={
                "verbose_name": "zonage d’une commune",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commune", "zone", "starts_on"), name="zoning_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="zoning_in_order",
                        violation_error_message="La fin d’un zonage ne peut pas précéder son début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoningList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        choices=[
                            ("ZIP", "Zone d’intervention prioritaire (ZIP)"),
                            ("ZAC", "Zone d’action complémentaire (ZAC)"),
                            ("ZAR", "Zone d’accompagnement régional (ZAR)"),
                            ("QPV", "Quartier prioritaire de la politique de la ville (QPV)"),
                            ("FRR", "France ruralités revitalisation (FRR)"),
                            ("ZRR", "Ancienne zone de revitalisation rurale (ZRR)"),
                        ],
                        max_length=8,
                        verbose_name="zone",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="complète depuis")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("licence", models.CharField(blank=True, max_length=120, verbose_name="licence")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.department",
                    ),
                ),
            ],
            options={
                "verbose_name": "liste complète d’un zonage",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("department", "zone", "starts_on"), name="zoning_list_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AidMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "Demandée"),
                            ("granted", "Accordée"),
                            ("paid", "Versée"),
                            ("refused", "Refusée"),
                            ("closed", "Classée"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("asked", "Demandée"),
                            ("granted", "Accordée"),
                            ("paid", "Versée"),
                            ("refused", "Refusée"),
                            ("closed", "Classée"),
                        ],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField(verbose_name="le")),
                ("before_move", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="schemes.aidrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’une demande d’aide",
                "indexes": [models.Index(fields=["request", "-id"], name="aid_move_of")],
            },
        ),
    ]
