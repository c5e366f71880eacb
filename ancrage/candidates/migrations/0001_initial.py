import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ancrage.candidates.models.proofs
import ancrage.kit.search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("partners", "0001_initial"),
        ("privacy", "0001_initial"),
        ("professions", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DirectoryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rpps", models.CharField(max_length=11, unique=True, verbose_name="numéro RPPS")),
                ("name_key", models.CharField(max_length=170)),
                (
                    "profession_code",
                    models.CharField(max_length=4, verbose_name="code de la profession"),
                ),
            ],
            options={
                "verbose_name": "professionnel de l’annuaire",
            },
        ),
        migrations.CreateModel(
            name="Candidate",
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
                            ("pending", "En attente de la personne"),
                            ("active", "Actif"),
                            ("merged", "Fusionné avec un autre profil"),
                            ("erased", "Effacé"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("in_pool", models.BooleanField(default=False, verbose_name="au vivier")),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="ne cherche plus depuis le",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="prénom")),
                ("last_name", models.CharField(blank=True, max_length=80, verbose_name="nom")),
                ("name_key", models.CharField(blank=True, max_length=170)),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="adresse électronique"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                ("rpps", models.CharField(blank=True, max_length=11, verbose_name="numéro RPPS")),
                (
                    "rpps_state",
                    models.CharField(
                        choices=[
                            ("none", "Non communiqué"),
                            ("key", "Numéro bien formé"),
                            ("found", "Trouvé dans l’annuaire"),
                            ("other_name", "Dans l’annuaire sous un autre nom"),
                            ("absent", "Absent de l’annuaire chargé"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                (
                    "card",
                    models.CharField(
                        editable=False, max_length=8, unique=True, verbose_name="carte"
                    ),
                ),
                (
                    "experience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("training", "En formation"),
                            ("under_2", "Moins de 2 ans"),
                            ("years_2_5", "De 2 à 5 ans"),
                            ("years_5_10", "De 5 à 10 ans"),
                            ("years_10_20", "De 10 à 20 ans"),
                            ("over_20", "Plus de 20 ans"),
                        ],
                        max_length=12,
                        verbose_name="expérience",
                    ),
                ),
                (
                    "available_from",
                    models.DateField(blank=True, null=True, verbose_name="disponible à partir du"),
                ),
                (
                    "available_until",
                    models.DateField(blank=True, null=True, verbose_name="jusqu’au"),
                ),
                (
                    "contracts",
                    models.JSONField(blank=True, default=list, verbose_name="contrats souhaités"),
                ),
                (
                    "fte_min_hundredths",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="quotité, au moins (%)"
                    ),
                ),
                (
                    "fte_max_hundredths",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="quotité, au plus (%)"
                    ),
                ),
                ("works_days", models.BooleanField(default=False, verbose_name="jour")),
                ("works_nights", models.BooleanField(default=False, verbose_name="nuit")),
                ("works_12h", models.BooleanField(default=False, verbose_name="postes de 12 h")),
                ("works_weekends", models.BooleanField(default=False, verbose_name="week-ends")),
                (
                    "reach_km",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="jusqu’à (km)"
                    ),
                ),
                (
                    "reach_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="jusqu’à (minutes)"
                    ),
                ),
                (
                    "employer_name",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="autre employeur actuel"
                    ),
                ),
                (
                    "shown_to_employer",
                    models.BooleanField(
                        default=False, verbose_name="visible de son employeur actuel"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("spontaneous", "Candidature spontanée"),
                            ("coordination", "Saisie par la coordination"),
                            ("structure", "Saisie par une structure"),
                            ("import", "Import d’un fichier"),
                        ],
                        default="spontaneous",
                        max_length=12,
                        verbose_name="origine",
                    ),
                ),
                (
                    "information_proof",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="comment la personne a été informée",
                    ),
                ),
                ("language", models.CharField(default="fr", max_length=5, verbose_name="langue")),
                ("note", models.TextField(blank=True, verbose_name="note de la coordination")),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("updated_at", models.DateTimeField(verbose_name="modifié le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidates",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="employeur actuel",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saisi par",
                    ),
                ),
                (
                    "entered_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="pour la structure",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "other_employers",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="autres structures employeuses",
                    ),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidate",
                        to="privacy.datasubject",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidates",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.epci",
                        verbose_name="intercommunalité",
                    ),
                ),
            ],
            options={
                "verbose_name": "candidat",
                "indexes": [
                    models.Index(
                        fields=["territory", "status", "-updated_at"], name="candidate_list"
                    ),
                    models.Index(fields=["email"], name="candidate_email"),
                    models.Index(fields=["phone"], name="candidate_phone"),
                    models.Index(fields=["name_key"], name="candidate_name_key"),
                    models.Index(
                        condition=models.Q(("rpps", ""), _negated=True),
                        fields=["rpps"],
                        name="candidate_rpps",
                    ),
                    models.Index(
                        condition=models.Q(("employer__isnull", False)),
                        fields=["employer"],
                        name="candidate_employer",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["erased", "merged"]),
                            models.Q(("email", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="candidate_reachable",
                        violation_error_message="Indiquez une adresse électronique ou un téléphone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="candidate_point_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("fte_min_hundredths__isnull", True),
                                models.Q(
                                    ("fte_min_hundredths__gte", 1),
                                    ("fte_min_hundredths__lte", 100),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("fte_max_hundredths__isnull", True),
                                models.Q(
                                    ("fte_max_hundredths__gte", 1),
                                    ("fte_max_hundredths__lte", 100),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("fte_min_hundredths__isnull", True),
                                ("fte_max_hundredths__isnull", True),
                                ("fte_max_hundredths__gte", models.F("fte_min_hundredths")),
                                _connector="OR",
                            ),
                        ),
                        name="candidate_fte_range",
                        violation_error_message="La quotité va de 1 à 100 %, le moins avant le plus.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("available_from__isnull", True),
                            ("available_until__isnull", True),
                            ("available_until__gte", models.F("available_from")),
                            _connector="OR",
                        ),
                        name="candidate_available_in_order",
                        violation_error_message="La fin de disponibilité précède son début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("employer__isnull", True), ("employer_name", ""), _connector="OR"
                        ),
                        name="candidate_one_employer",
                        violation_error_message="L’employeur actuel est une structure du territoire, ou un autre\xa0: pas les deux.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("status", "merged")),
                            models.Q(
                                models.Q(("status", "merged"), _negated=True),
                                ("merged_into__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="candidate_merged_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_pool", False),
                            models.Q(("settled_at__isnull", True), ("status", "active")),
                            _connector="OR",
                        ),
                        name="candidate_pool_is_active",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CandidateMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("moved", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "absorbed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absorptions",
                        to="candidates.candidate",
                    ),
                ),
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
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merges",
                        to="candidates.candidate",
                    ),
                ),
            ],
            options={
                "verbose_name": "fusion de profils",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("absorbed",),
                        name="candidate_absorbed_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CandidateProfession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "diploma",
                    models.CharField(
                        choices=[
                            ("held", "Diplôme obtenu"),
                            ("in_training", "Formation en cours"),
                            ("abroad", "Diplôme étranger, autorisation à obtenir"),
                            ("aimed_at", "Métier visé, pas encore de diplôme"),
                            ("unknown", "Diplôme à préciser"),
                        ],
                        default="unknown",
                        max_length=12,
                        verbose_name="diplôme",
                    ),
                ),
                (
                    "registration",
                    models.CharField(
                        choices=[
                            ("unknown", "Non précisé"),
                            ("registered", "Inscription faite"),
                            ("pending", "Inscription en cours"),
                            ("not_yet", "Pas encore d’inscription"),
                            ("not_required", "Sans objet pour ce métier"),
                        ],
                        default="unknown",
                        max_length=12,
                        verbose_name="inscription",
                    ),
                ),
                ("is_main", models.BooleanField(default=False, verbose_name="métier principal")),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="professions",
                        to="candidates.candidate",
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
                (
                    "specialty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="professions.specialty",
                        verbose_name="spécialité",
                    ),
                ),
            ],
            options={
                "verbose_name": "métier d’un candidat",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("candidate", "profession"),
                        name="candidate_profession_once",
                        violation_error_message="Ce métier est déjà dans le profil.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_main", True)),
                        fields=("candidate",),
                        name="candidate_one_main_profession",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CandidateWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60)),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="candidates.candidate",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("word", "candidate"), name="candidate_word_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Career",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hospital_service", "Fonction publique hospitalière"),
                            ("other_public", "Autre employeur public"),
                            ("private", "Employeur privé"),
                            ("self_employed", "Exercice libéral"),
                            ("jobless", "Sans emploi"),
                        ],
                        max_length=16,
                        verbose_name="secteur de l’employeur",
                    ),
                ),
                (
                    "practices",
                    models.JSONField(blank=True, default=list, verbose_name="travail effectué"),
                ),
                (
                    "titles",
                    models.JSONField(blank=True, default=list, verbose_name="diplômes et titres"),
                ),
                ("words", models.JSONField(blank=True, default=dict, verbose_name="réponses")),
                ("told_on", models.DateField(verbose_name="dit le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "candidate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="career",
                        to="candidates.candidate",
                    ),
                ),
            ],
            options={
                "verbose_name": "faits pour les passerelles",
            },
        ),
        migrations.CreateModel(
            name="ContactRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=161, verbose_name="nom")),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="adresse électronique"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                (
                    "profession_text",
                    models.CharField(blank=True, max_length=120, verbose_name="métier"),
                ),
                (
                    "radius_km",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="jusqu’à (km)"
                    ),
                ),
                (
                    "horizon",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("now", "Tout de suite"),
                            ("months_3", "Dans les trois mois"),
                            ("months_12", "Dans l’année"),
                            ("later", "Plus tard, je me renseigne"),
                        ],
                        max_length=12,
                        verbose_name="quand",
                    ),
                ),
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                (
                    "offer_label",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="à propos de l’offre"
                    ),
                ),
                (
                    "notice_version",
                    models.CharField(max_length=20, verbose_name="information lue"),
                ),
                ("created_at", models.DateTimeField(verbose_name="reçue le")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "À rappeler"),
                            ("answered", "Réponse donnée"),
                            ("closed", "Sans suite"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondue le"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_requests",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="territory.commune",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="professions.profession",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_requests",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "prise de contact",
                "indexes": [
                    models.Index(
                        fields=["territory", "status", "-created_at"], name="contact_request_queue"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contact_request_reachable",
                        violation_error_message="Indiquez une adresse électronique ou un téléphone.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DistinctPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
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
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
            ],
            options={
                "verbose_name": "profils distincts",
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="distinct_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="distinct_pair_ordered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
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
                            ("cv", "Curriculum vitæ"),
                            ("letter", "Lettre de motivation"),
                            ("diploma", "Diplôme"),
                            ("licence", "Licence ou inscription à l’Ordre"),
                            ("certificate", "Attestation"),
                            ("other", "Autre document"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="intitulé")),
                ("key", models.CharField(max_length=32, unique=True)),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("jpeg", "Image JPEG"),
                            ("png", "Image PNG"),
                            ("docx", "Document Word (.docx)"),
                            ("odt", "Document OpenDocument (.odt)"),
                        ],
                        max_length=5,
                        verbose_name="format",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        upload_to=ancrage.candidates.models.proofs.document_path,
                        verbose_name="fichier",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="taille (octets)")),
                ("digest", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField(verbose_name="ajouté le")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="candidates.candidate",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("candidate", "digest"),
                        name="candidate_document_once",
                        violation_error_message="Ce fichier est déjà dans le profil.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasedContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("erased_on", models.DateField(verbose_name="effacé le")),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact effacé",
                "indexes": [models.Index(fields=["erased_on"], name="erased_contact_term")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "digest"), name="erased_contact_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proof",
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
                            ("locum_licence", "Licence de remplacement"),
                            ("order", "Inscription à l’Ordre"),
                            ("afgsu_1", "AFGSU niveau 1"),
                            ("afgsu_2", "AFGSU niveau 2"),
                            ("interim_practice", "Deux ans d’exercice avant l’intérim"),
                            (
                                "student_as_aide",
                                "Étudiant infirmier pouvant exercer comme aide-soignant",
                            ),
                            ("honorability", "Attestation d’honorabilité"),
                            ("diploma", "Diplôme"),
                        ],
                        max_length=20,
                        verbose_name="justificatif",
                    ),
                ),
                (
                    "amount",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="quantité attestée"
                    ),
                ),
                ("issued_on", models.DateField(verbose_name="délivré le")),
                (
                    "expires_on",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’au"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("declared", "Déclarée par la personne"),
                            ("seen", "Original vu"),
                            ("refused", "Ne convient pas"),
                        ],
                        default="declared",
                        max_length=10,
                        verbose_name="vérification",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remarque")),
                (
                    "checked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="vérifié le"),
                ),
                ("added_at", models.DateTimeField(verbose_name="ajouté le")),
                ("alerted_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proofs",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.department",
                        verbose_name="département",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proofs",
                        to="candidates.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "replaced_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaces",
                        to="candidates.proof",
                    ),
                ),
            ],
            options={
                "verbose_name": "justificatif",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("expires_on__isnull", False), ("replaced_by__isnull", True)
                        ),
                        fields=["expires_on"],
                        name="proof_ending",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True),
                            ("expires_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="proof_expires_after_issue",
                        violation_error_message="La fin de validité précède la délivrance.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_main", models.BooleanField()),
                ("in_pool", models.BooleanField()),
                ("is_settled", models.BooleanField()),
                ("counts", models.BooleanField()),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("reach_squared", models.FloatField(null=True)),
                ("available_from", models.DateField(null=True)),
                ("available_month", models.DateField(null=True)),
                ("available_until", models.DateField(null=True)),
                ("fte_min_hundredths", models.PositiveSmallIntegerField()),
                ("fte_max_hundredths", models.PositiveSmallIntegerField()),
                ("contracts", models.PositiveIntegerField()),
                ("hours", models.PositiveSmallIntegerField()),
                (
                    "experience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("training", "En formation"),
                            ("under_2", "Moins de 2 ans"),
                            ("years_2_5", "De 2 à 5 ans"),
                            ("years_5_10", "De 5 à 10 ans"),
                            ("years_10_20", "De 10 à 20 ans"),
                            ("over_20", "Plus de 20 ans"),
                        ],
                        max_length=12,
                    ),
                ),
                ("updated_at", models.DateTimeField()),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="professions.profession",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="territory.territory",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="territory.epci",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["profession", "latitude", "longitude"], name="search_around"
                    ),
                    models.Index(
                        condition=models.Q(("is_main", True)),
                        fields=["latitude", "longitude"],
                        name="search_near",
                    ),
                    models.Index(
                        fields=["territory", "profession", "-updated_at"], name="search_latest"
                    ),
                    models.Index(
                        condition=models.Q(("is_main", True)),
                        fields=["territory", "-updated_at"],
                        name="search_all",
                    ),
                    models.Index(
                        condition=models.Q(("in_pool", True), ("is_main", True)),
                        fields=[
                            "territory",
                            "profession",
                            "zone",
                            "available_month",
                            "experience",
                            "contracts",
                            "candidate",
                            "is_main",
                            "in_pool",
                            "counts",
                        ],
                        name="search_pool",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("candidate", "profession"), name="search_entry_once"
                    )
                ],
            },
        ),
    ]
