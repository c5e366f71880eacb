"""The words around a profession in the files of structures, and what each does to the meaning.

They are lists of French HR usage, gathered from job titles; the reader of spellings reduces
them itself to their masculine singular without accents, so one form of each is enough.
"""

from ancrage.professions.spelling import Lexicon

# Says nothing about the profession: contract, hours, grade, diploma, recruitment.
NOISE = """
h f hf fh m mf fm nb x homme femme masculin féminin indifférent
diplômé diplôme état dipl certifié qualifié confirmé expérimenté débutant accepté expérience
cdi cdd cdis cdds contrat contractuel titulaire stagiairisation titularisation mutation
détachement fonctionnaire interim intérimaire vacation vacataire mensualisé saisonnier
temps plein complet partiel mi tps etp eqtp équivalent quotité heure mois semaine an année jour
journée matin soir après midi nuit nocturne veille week end weekend wk we férié roulement
alternance alterné jn astreinte garde coupé horaire poste3x8
classe normal grade échelon hors cn cs cls cln 1er 2e 1ere 2eme premier deuxième supérieure
recrute recrutement recherche recherché vacant pourvoir urgent besoin demande offre
remplacement remplaçant renfort été vacances hiver pool suppléance volant mobile
libéral salarié salariat cabinet collaborateur successeur cession installation reprise
motif congé maternité maladie départ retraite création surcroît accroissement
début dès possible immédiat permis véhicule fonction publique
"""

# A place, a unit, a public: the profession stays what it is.
CONTEXT = """
unité équipe mobile filière secteur site antenne pavillon étage hôpital hospitalier hospitalisation
ambulatoire jour complet consultation externe territorial municipal communal départemental
départementale public privé rural médico social sanitaire médical chirurgical
court moyen long séjour suite soin réadaptation rééducation fonctionnel
polyvalent addictologie addicto alcoologie tabacologie palliatif usp lisp emsp douleur
plaie cicatrisation stomathérapie hygiène nutrition diabète éducation thérapeutique
personne âgé dépendant handicap handicapé adulte enfant adolescent autisme alzheimer cognitif
chirurgie
mémoire personnel protégé psychiatrique infanto juvénile maternité naissance néonat nurserie crèche
prélèvement vaccination urgence sau smur samu uhcd uspu post réveil sspi bloc endoscopie
scanner irm imagerie mammographie domicile nord sud est ouest centre polaire
liste complémentaire poste emploi métier travail campagne médecine
pui officine pharmacie laboratoire service commune plateforme protection
maternel infantile santé public
"""

# A structure: the words that follow are most often its name. Not « laboratoire » nor « service »:
# « technicien de laboratoire photographique » is another job.
FACILITIES = """
ehpad usld ssiad spasad saad had ssr smr mas fam ime itep esat foyer résidence clinique hôpital
ch chu chs chr ghu ghh ght hic hl cpts msp esp maison pôle unité site centre cmp cattp
hdj hj cmpp camsp sessad samsah savs ccas cias csi pmi ssad sad pasa uhr ush upad mapad rpa marpa
cabinet association fondation mutuelle mairie antenne eam eanm iem adapei apajh admr ems emg
secteur
"""

# Changes the profession, or makes it doubtful: never neglected, never read as a proper name.
QUALIFIERS = """
étudiant élève apprenti apprentissage stagiaire stage bénévole faisant fonction ff
cadre chef responsable directeur direction adjoint assistant aide auxiliaire coordinateur
coordonnateur coordination référent formateur formation enseignant professeur conseiller expert
consultant chargé mission gestionnaire technicien technique ingénieur agent ouvrier employé
opérateur animateur éducateur moniteur surveillant secrétaire accompagnant vétérinaire animal
animalier canin scolaire école lycée collège militaire pompier armée pénitentiaire prison
commercial vendeur visiteur juridique informatique qualité paie comptable comptabilité achat
cuisine cuisinier restauration entretien ménage maintenance accueil standard social sportif sport
judiciaire juge esthétique hôtelier hôtellerie familial maternel parental bureau
responsabilité conducteur intervenant gérant supérieur junior senior principal interne
externe libre
"""

# Jobs that structures also write and that the platform does not follow.
OUTSIDE = (
    "agent technique",
    "agent d’entretien",
    "agent d’accueil",
    "agent administratif",
    "agent de maintenance",
    "agent de restauration",
    "agent de blanchisserie",
    "agent de sécurité",
    "adjoint administratif",
    "adjoint technique",
    "aide comptable",
    "aide cuisinier",
    "aide de cuisine",
    "accompagnant d’élèves en situation de handicap",
    "AESH",
    "ATSEM",
    "animateur",
    "animateur socioculturel",
    "archiviste",
    "art-thérapeute",
    "assistant",
    "assistant de direction",
    "assistant familial",
    "assistant maternel",
    "assistant vétérinaire",
    "attaché d’administration",
    "audioprothésiste",
    "auxiliaire de vie scolaire",
    "auxiliaire vétérinaire",
    "blanchisseur",
    "cadre administratif",
    "cadre technique",
    "chargé de mission",
    "chauffeur",
    "chef de cuisine",
    "chef de projet",
    "chiropracteur",
    "commis de cuisine",
    "comptable",
    "conseiller en génétique",
    "contrôleur de gestion",
    "coordinateur CPTS",
    "coordinateur de parcours",
    "cuisinier",
    "directeur artistique",
    "directeur des ressources humaines",
    "directeur des soins",
    "directeur financier",
    "DRH",
    "éducateur sportif",
    "éducateur technique spécialisé",
    "électricien",
    "ergonome",
    "gestionnaire de paie",
    "gouvernant",
    "homme d’entretien",
    "infirmier vétérinaire",
    "informaticien",
    "ingénieur biomédical",
    "ingénieur qualité",
    "jardinier",
    "lingère",
    "maître de maison",
    "mandataire judiciaire",
    "mandataire judiciaire à la protection des majeurs",
    "médecin vétérinaire",
    "médiateur familial",
    "mobilité interne",
    "moniteur d’atelier",
    "opticien",
    "orthésiste",
    "orthopédiste orthésiste",
    "orthoprothésiste",
    "ostéopathe",
    "ouvrier d’entretien",
    "physicien médical",
    "plombier",
    "podo-orthésiste",
    "poste interne",
    "prothésiste dentaire",
    "recrutement interne",
    "responsable qualité",
    "responsable RH",
    "second de cuisine",
    "secrétaire de direction",
    "secrétaire de mairie",
    "serrurier",
    "socio-esthéticien",
    "sophrologue",
    "surveillant de nuit",
    "technicien biomédical",
    "technicien de maintenance",
    "technicien d’information médicale",
    "technicien informatique",
    "veilleur de nuit",
    "vétérinaire",
)

# Correct words that stand close to a profession's: they are not misspellings of it.
DECOYS = """
angiologie archéologue astrologue audiologue biologie cadrage caissier chirurgie cuisinier
criminologue démographe dentisterie dermographe diététique écologue éditeur ergonome ergonomie
ergothérapie esthéticien ethnologue externat géologue géomètre graphologue hôtelier infirmerie
infirmité internat internet kinésithérapie masseur médication médiation médiateur météorologue
monteur musicien œnologue opticien optométriste orthodontie orthopédie orthopédiste orthophonie
ostéopathe passeur pharmacie pharmacologue pédologue phytothérapeute physicien physiologue
podologie politologue psychanalyste psychologie psychiatrie psychomotricité psychopédagogue
psychothérapeute puériculture pédagogue sociologue secrétariat sexologue soudeur
statisticien technicité théologue toxicologue traiteur tuteur urbaniste virologue zoologue
"""

# A short or wide word and the words it stands for inside a longer text.
EXPANSIONS = {
    "ide": "infirmier",
    "idel": "infirmier",
    "inf": "infirmier",
    "infi": "infirmier",
    "as": "aide soignant",
    "ash": "agent service hospitalier",
    "med": "médecin",
    "dr": "médecin",
    "docteur": "médecin",
    "praticien": "médecin",
    "ph": "médecin",
    "ff": "faisant fonction",
    "ffas": "faisant fonction aide soignant",
    "kiné": "kinésithérapeute",
    "manip": "manipulateur",
    "tech": "technicien",
    "labo": "laboratoire",
    "prépa": "préparateur",
    "pharma": "pharmacie",
    "éduc": "éducateur",
    "spé": "spécialisé",
    "coordo": "coordinateur",
    "psychomot": "psychomotricien",
    "secr": "secrétaire",
    "resp": "responsable",
    "dir": "directeur",
    "auxi": "auxiliaire",
    "chir": "chirurgien",
    "sup": "supérieur",
    "cds": "cadre santé",
}

# Abbreviations whose last letter is not a plural.
UNALTERED = """
as ashs deas deavs deaes aes avs es ies apas css ams ens ses sms cds dees gs mas sas ccas cias
savs siads esms samus cms pcs
"""

LEXICON = Lexicon(
    noise=tuple(NOISE.split()),
    context=tuple(CONTEXT.split()),
    facilities=tuple(FACILITIES.split()),
    qualifiers=tuple(QUALIFIERS.split()),
    outside=OUTSIDE,
    decoys=tuple(DECOYS.split()),
    expansions=tuple(EXPANSIONS.items()),
    unaltered=tuple(UNALTERED.split()),
)
