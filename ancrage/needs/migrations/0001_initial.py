import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ancrage.kit.search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("partners", "0001_initial"),
        ("professions", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("message", models.TextField(blank=True, verbose_name="message aux structures")),
                ("reference_day", models.DateField(verbose_name="situation au")),
                ("closes_on", models.DateField(verbose_name="réponses jusqu’au")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "En préparation"),
                            ("open", "Ouverte"),
                            ("closed", "Close"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ouverte le"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="close le"),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "professions",
                    models.ManyToManyField(
                        related_name="campaigns",
                        to="professions.profession",
                        verbose_name="métiers suivis",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "campagne de recensement",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "name"), name="campaign_name_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("territory",),
                        name="campaign_one_open",
                        violation_error_message="Une campagne est déjà ouverte sur ce territoire.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Attendue"),
                            ("started", "Commencée"),
                            ("submitted", "Envoyée"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="envoyée le"),
                ),
                ("comment", models.TextField(blank=True, verbose_name="commentaire")),
                (
                    "last_reminded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="relancée le"),
                ),
                (
                    "reminders",
                    models.PositiveSmallIntegerField(default=0, verbose_name="relances"),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="needs.campaign",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_answers",
                        to="partners.partner",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse à une campagne",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "partner"), name="campaign_answer_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "present_fte",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="présents et payés (ETP)"
                    ),
                ),
                (
                    "vacant_fte",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="vacants (ETP)"
                    ),
                ),
                (
                    "target_3y_fte",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="cible à 3 ans (ETP)"
                    ),
                ),
                (
                    "target_5y_fte",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="cible à 5 ans (ETP)"
                    ),
                ),
                (
                    "departures",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="départs connus (personnes)"
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="professions.profession",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="needs.campaignanswer",
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne de recensement",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("answer", "profession"), name="answer_line_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("text", models.CharField(max_length=240, verbose_name="question")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="needs.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "question ouverte",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "position"), name="question_rank_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("updated_at", models.DateTimeField(verbose_name="modifié le")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="publié le"),
                ),
                ("status_since", models.DateTimeField(verbose_name="dans cet état depuis")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmé le"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="actualité demandée le"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                ("unit", models.CharField(blank=True, max_length=120, verbose_name="service")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=60, verbose_name="référence interne"),
                ),
                (
                    "positions",
                    models.PositiveSmallIntegerField(default=1, verbose_name="nombre de postes"),
                ),
                (
                    "fte_hundredths",
                    models.PositiveSmallIntegerField(
                        default=100, verbose_name="quotité par poste (%)"
                    ),
                ),
                (
                    "contract",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="contrat",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("departure", "Départ"),
                            ("retirement", "Départ à la retraite"),
                            ("leave", "Remplacement d’un congé"),
                            ("creation", "Création de poste"),
                            ("summer", "Renfort d’été"),
                            ("growth", "Accroissement d’activité"),
                            ("vacancy", "Poste vacant"),
                            ("other", "Autre motif"),
                        ],
                        max_length=20,
                        verbose_name="motif",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="prise de poste")),
                (
                    "start_precision",
                    models.CharField(
                        choices=[
                            ("day", "à cette date"),
                            ("month", "dans le mois"),
                            ("quarter", "dans le trimestre"),
                            ("asap", "dès que possible"),
                        ],
                        default="day",
                        max_length=10,
                        verbose_name="précision",
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Peut attendre"),
                            (2, "Normale"),
                            (3, "Élevée"),
                            (4, "Critique"),
                        ],
                        default=2,
                        verbose_name="urgence",
                    ),
                ),
                ("works_days", models.BooleanField(default=False, verbose_name="jour")),
                ("works_nights", models.BooleanField(default=False, verbose_name="nuit")),
                ("works_12h", models.BooleanField(default=False, verbose_name="postes de 12 h")),
                ("works_weekends", models.BooleanField(default=False, verbose_name="week-ends")),
                (
                    "pay_min_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="rémunération, de"
                    ),
                ),
                (
                    "pay_max_cents",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="à"),
                ),
                (
                    "pay_period",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hour", "par heure"),
                            ("day", "par jour"),
                            ("month", "par mois"),
                            ("year", "par an"),
                        ],
                        max_length=10,
                        verbose_name="période",
                    ),
                ),
                (
                    "pay_note",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="précision sur la rémunération"
                    ),
                ),
                (
                    "housing_offered",
                    models.BooleanField(default=False, verbose_name="logement proposé"),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="boîte du service"),
                ),
                (
                    "contact_phone",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="téléphone du service"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("members", "Membres du territoire"), ("public", "Tout public")],
                        default="public",
                        max_length=10,
                        verbose_name="diffusion",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("published", "Publié"),
                            ("paused", "En pause"),
                            ("filled", "Pourvu"),
                            ("withdrawn", "Retiré"),
                            ("expired", "Expiré"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("wording_flags", models.CharField(blank=True, max_length=200)),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="partners.facility",
                        verbose_name="établissement",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="professions.profession",
                        verbose_name="métier",
                    ),
                ),
                (
                    "specialty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="professions.specialty",
                        verbose_name="spécialité",
                    ),
                ),
            ],
            options={
                "verbose_name": "besoin",
                "indexes": [
                    models.Index(fields=["status", "starts_on"], name="need_status_start"),
                    models.Index(fields=["partner", "status"], name="need_partner_status"),
                    models.Index(
                        fields=["status", "audience", "-published_at"], name="need_offers"
                    ),
                    models.Index(fields=["status", "profession"], name="need_status_profession"),
                    models.Index(fields=["status", "commune"], name="need_status_commune"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("partner", "reference"),
                        name="need_reference_once",
                        violation_error_message="Un besoin de la structure porte déjà cette référence interne.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("positions__gte", 1), ("positions__lte", 500)),
                        name="need_positions_range",
                        violation_error_message="Le nombre de postes va de 1 à 500.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fte_hundredths__gte", 1), ("fte_hundredths__lte", 100)
                        ),
                        name="need_fte_range",
                        violation_error_message="La quotité d’un poste va de 1 à 100 %.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="need_ends_after_start",
                        violation_error_message="La fin ne peut pas précéder la prise de poste.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pay_min_cents__isnull", True),
                            ("pay_max_cents__isnull", True),
                            ("pay_max_cents__gte", models.F("pay_min_cents")),
                            _connector="OR",
                        ),
                        name="need_pay_ordered",
                        violation_error_message="Le haut de la fourchette de rémunération est sous le bas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("pay_max_cents__isnull", True), ("pay_min_cents__isnull", True)
                            ),
                            models.Q(("pay_period", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="need_pay_has_period",
                        violation_error_message="Dites si la rémunération est par heure, jour, mois ou an.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("confirmed_at__isnull", False), ("published_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="need_published_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalPublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "branch",
                    models.CharField(
                        choices=[
                            ("fph", "Fonction publique hospitalière"),
                            ("fpt", "Fonction publique territoriale"),
                            ("fpe", "Fonction publique de l’État"),
                        ],
                        default="fph",
                        max_length=10,
                        verbose_name="versant",
                    ),
                ),
                (
                    "is_creation",
                    models.BooleanField(default=False, verbose_name="poste créé (sinon vacant)"),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[("A", "A"), ("B", "B"), ("C", "C")],
                        max_length=1,
                        verbose_name="catégorie",
                    ),
                ),
                (
                    "corps_grade",
                    models.CharField(blank=True, max_length=120, verbose_name="corps ou grade"),
                ),
                (
                    "authority",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="autorité de recrutement"
                    ),
                ),
                (
                    "missions",
                    models.TextField(blank=True, verbose_name="missions et profil attendu"),
                ),
                (
                    "conditions",
                    models.TextField(
                        blank=True, verbose_name="conditions particulières d’exercice"
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="adresse de candidature"
                    ),
                ),
                (
                    "apply_before",
                    models.DateField(blank=True, null=True, verbose_name="candidater avant le"),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="publié sur le site commun le"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="référence de l’annonce"
                    ),
                ),
                (
                    "need",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publication",
                        to="needs.need",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication légale",
            },
        ),
        migrations.CreateModel(
            name="NeedStatusChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("page", "Saisie"),
                            ("import", "Import"),
                            ("freshness", "Lien du courriel"),
                            ("automatic", "Automatique"),
                            ("api", "API"),
                        ],
                        max_length=12,
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("published", "Publié"),
                            ("paused", "En pause"),
                            ("filled", "Pourvu"),
                            ("withdrawn", "Retiré"),
                            ("expired", "Expiré"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("published", "Publié"),
                            ("paused", "En pause"),
                            ("filled", "Pourvu"),
                            ("withdrawn", "Retiré"),
                            ("expired", "Expiré"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reorganised", "Organisation revue, poste supprimé"),
                            ("unfunded", "Financement non obtenu"),
                            ("solved_inside", "Solution trouvée en interne"),
                            ("mistake", "Doublon ou erreur de saisie"),
                            ("other", "Autre raison"),
                        ],
                        max_length=20,
                        verbose_name="raison du retrait",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=240, verbose_name="précision")),
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
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="status_changes",
                        to="needs.need",
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d’état",
                "indexes": [models.Index(fields=["need", "-at"], name="need_change_at")],
            },
        ),
        migrations.CreateModel(
            name="OpenAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="réponse")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_answers",
                        to="needs.campaignanswer",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="needs.campaignquestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse ouverte",
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "question"), name="open_answer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "patients",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="patients suivis"
                    ),
                ),
                (
                    "days",
                    models.CharField(blank=True, max_length=120, verbose_name="jours travaillés"),
                ),
                (
                    "home_visits_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="visites à domicile par semaine"
                    ),
                ),
                (
                    "rent_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="loyer mensuel"
                    ),
                ),
                (
                    "partners_count",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="associés au cabinet"
                    ),
                ),
                (
                    "legal_form",
                    models.CharField(blank=True, max_length=60, verbose_name="forme juridique"),
                ),
                (
                    "software",
                    models.CharField(blank=True, max_length=80, verbose_name="logiciel métier"),
                ),
                (
                    "secretariat",
                    models.CharField(blank=True, max_length=120, verbose_name="secrétariat"),
                ),
                (
                    "retrocession_percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="rétrocession (%)"
                    ),
                ),
                (
                    "room_for_couple",
                    models.BooleanField(
                        default=False, verbose_name="place pour un couple de médecins"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="à savoir")),
                (
                    "need",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practice_sheet",
                        to="needs.need",
                    ),
                ),
            ],
            options={
                "verbose_name": "fiche du cabinet",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retrocession_percent__isnull", True),
                            ("retrocession_percent__lte", 100),
                            _connector="OR",
                        ),
                        name="practice_retrocession_range",
                        violation_error_message="La rétrocession est un pourcentage, de 0 à 100.",
                    )
                ],
            },
        ),
    ]
