#include "admin/import_title.h"

#include <assert.h>
#include <string.h>

const struct sheet_title import_title_all[] = {
    [IMPORT_TITLE_PARTNER] =
        {"partner",
         "erasmuscode hosterasmuscode erasmuscodehost erasmuscodeofhost erasmusidcode partnercode "
         "receivinginstitutionerasmuscode partnererasmuscode schac schaccode pic piccode "
         "institutioncode hostcode partenaire codeerasmus codeerasmusdaccueil codepartenaire "
         "codeerasmusdelinstitutiondaccueil erasmuscodegastinstelling erasmuscodepartner "
         "codeerasmuspartenaire partnerschac"},
    [IMPORT_TITLE_YEAR] = {"year",
                           "academicyear ay acadyear anneeacademique annee academiejaar studiejaar "
                           "anneeuniversitaire schooljaar jaar anneescolaire"},
    [IMPORT_TITLE_TERM] =
        {"term", "semester semestre mobilityperiod periodofmobility trimester periode period "
                 "mobilityterm semesters periodedemobilite"},
    [IMPORT_TITLE_KIND] =
        {"kind", "mobility mobilitytype typeofmobility mobilitykind type activity activitytype "
                 "typedemobilite mobilite typemobilite mobiliteit soortmobiliteit typemobiliteit "
                 "soort activite genredemobilite"},
    [IMPORT_TITLE_LEVEL] =
        {"level", "eqf eqflevel studylevel levelofstudy levelofstudies studycycle cycle degree "
                  "degreelevel niveau niveaudetudes niveaudetude cycledetudes studieniveau "
                  "niveaueqf niveaucec opleidingsniveau cec ekk cyclus"},
    [IMPORT_TITLE_ISCED_F] =
        {"isced_f", "isced iscedcode iscedfcode iscedf2013 fieldofstudy fieldofeducation field "
                    "studyfield subjectarea domaine domainedetudes domainedetude codeisced cite "
                    "citef studiegebied studiedomein iscedfcode0000 subjectareacode "
                    "codecite fieldofeducationcode"},
    [IMPORT_TITLE_FAMILY_NAME] =
        {"family_name", "familyname lastname surname surnames lastnames name nom nomdefamille "
                        "noms achternaam familienaam naam studentsurname studentlastname "
                        "studentfamilyname nomdeletudiant"},
    [IMPORT_TITLE_GIVEN_NAMES] =
        {"given_names", "givenname firstname firstnames forename forenames prenom prenoms voornaam "
                        "voornamen studentfirstname studentgivenname roepnaam prenomdeletudiant"},
    [IMPORT_TITLE_BIRTH_DATE] =
        {"birth_date", "dateofbirth birthdate dob birthday born datedenaissance naissance "
                       "neele datenaissance geboortedatum geborenop geboren gebdatum"},
    [IMPORT_TITLE_GENDER] = {"gender", "sex sexe genre geslacht gendersex"},
    [IMPORT_TITLE_NATIONALITY] = {"nationality",
                                  "citizenship nationalite nationaliteit countryofnationality "
                                  "citoyennete staatsburgerschap nationalitycode"},
    [IMPORT_TITLE_EMAIL] =
        {"email", "emailaddress mail mailaddress studentemail courriel adresseemail adressemail "
                  "adresseelectronique adressecourriel mel mailadres emailadres emailstudent "
                  "studentmail emaildeletudiant institutionalemail"},
    [IMPORT_TITLE_ESI] = {"esi",
                          "europeanstudentidentifier europeanstudentid esinumber esicode esiurn "
                          "identifianteuropeendeletudiant identifiantetudianteuropeen "
                          "europesestudentenidentificatie europesestudentidentifier numeroesi"},
    [IMPORT_TITLE_START] =
        {"start", "startdate dateofarrival arrival from begin begindate mobilitystart "
                  "startofmobility datededebut debut datedarrivee du begindatum startdatum van "
                  "aanvang plannedstart plannedarrival datedebut debutdelamobilite"},
    [IMPORT_TITLE_END] =
        {"end", "enddate dateofdeparture departure until to mobilityend endofmobility datedefin "
                "fin au einddatum tot einde datefin plannedend planneddeparture findelamobilite "
                "datededepart"},
    [IMPORT_TITLE_LANGUAGES] =
        {"languages", "language langue langues taal talen languageskills languagelevel "
                      "competenceslinguistiques talenkennis languageslevel niveaudelangue "
                      "languagecompetence connaissancedeslangues taalniveau taalkennis"},
    [IMPORT_TITLE_AGREEMENT] =
        {"agreement", "agreementreference agreementref iia iiaid bilateralagreement accord "
                      "referencedelaccord accordbilateral overeenkomst overeenkomstreferentie "
                      "agreementnumber agreementid bilateraleovereenkomst numerodaccord"},
    [IMPORT_TITLE_CONDITION] = {"condition",
                                "cooperationcondition conditionid voorwaarde iiacondition"},
    [IMPORT_TITLE_SUPPORT] =
        {"support",
         "specialneeds specialsupport inclusionsupport needsofsupport besoinsparticuliers "
         "besoinsspecifiques besoindesoutien soutien accompagnement ondersteuning bijzonderenoden "
         "specialebehoeften inclusion extrasupport"},
    [IMPORT_TITLE_COMMENT] =
        {"comment", "comments remark remarks note notes commentaire commentaires remarque "
                    "remarques opmerking opmerkingen observations toelichting"},
    [IMPORT_TITLE_UNIT] = {"unit", "department departement afdeling unite entite eenheid "
                                   "departmentcode unitcode codedepartement departementcode"},
    [IMPORT_TITLE_VIRTUAL_PART] =
        {"virtual_part",
         "virtualpart virtualcomponent onlinepart blendedvirtualpart partievirtuelle "
         "virtueeldeel onlinedeel"},
    [IMPORT_TITLE_ECTS] = {"ects", "plannedects ectscredits plannedcredits creditsects "
                                   "ectsplanned creditsprevus geplandects"},
    [IMPORT_TITLE_TEACHING_HOURS] =
        {"teaching_hours", "teachinghours hoursofteaching teachinghourstotal heuresdenseignement "
                           "heuresdecours lesuren onderwijsuren"},
    [IMPORT_TITLE_ONE_TIER] = {"one_tier", "onetier onetierprogramme integratedprogramme onecycle "
                                           "cyclelong integremaster"},
    [IMPORT_TITLE_YEARS_DONE] = {"years_done",
                                 "yearsofstudycompleted yearscompleted completedyears "
                                 "anneesreussies anneesdetudesreussies "
                                 "afgewerktestudiejaren"},
    [IMPORT_TITLE_GRADUATED_ON] = {"graduated_on",
                                   "graduatedon graduationdate dateofgraduation dateofdegree "
                                   "datedudiplome datedediplome afstudeerdatum datumdiploma"},
    [IMPORT_TITLE_WITH_TRAINING] = {"with_training", "withtraining combinedwithtraining "
                                                     "teachingandtraining avecformation "
                                                     "combineeavecformation metopleiding"},
    [IMPORT_TITLE_TRAVEL_DAYS] = {"travel_days", "traveldays daysoftravel joursdevoyage reisdagen"},
    [IMPORT_TITLE_GREEN_TRAVEL] = {"green_travel", "greentravel sustainabletravel voyagevert "
                                                   "voyageecologique groenreizen groenereis"},
    [IMPORT_TITLE_PARTNER_NAME] =
        {"partner_name",
         "host hostinstitution hostuniversity receivinginstitution receivinguniversity destination "
         "partnerinstitution partneruniversity hostinstitutionname nameofhostinstitution "
         "institutiondaccueil etablissementdaccueil universitedaccueil etablissementpartenaire "
         "universitepartenaire gastinstelling gastuniversiteit ontvangendeinstelling "
         "ontvangendeuniversiteit bestemming partneruniversiteit partnerinstelling"},
    [IMPORT_TITLE_DOSSIER] = {"dossier", ""},
    [IMPORT_TITLE_STATE] = {"state", ""},
    [IMPORT_TITLE_ERRORS] = {"errors", "erreurs fouten"},
};

static_assert(sizeof import_title_all / sizeof *import_title_all == IMPORT_TITLE_COUNT,
              "one row for each title");

enum { LANGUAGES = 3 };

static const char *const languages[LANGUAGES] = {"en", "fr", "nl"};

static const char *const texts[][LANGUAGES] = {
    [IMPORT_TITLE_PARTNER] = {"Partner", "Partenaire", "Partner"},
    [IMPORT_TITLE_YEAR] = {"Academic year", "Année académique", "Academiejaar"},
    [IMPORT_TITLE_TERM] = {"Semester", "Semestre", "Semester"},
    [IMPORT_TITLE_KIND] = {"Type of mobility", "Type de mobilité", "Type mobiliteit"},
    [IMPORT_TITLE_LEVEL] = {"Level of study", "Niveau d'études", "Studieniveau"},
    [IMPORT_TITLE_ISCED_F] = {"Field of study (ISCED-F)", "Domaine d'études (ISCED-F)",
                              "Studiegebied (ISCED-F)"},
    [IMPORT_TITLE_FAMILY_NAME] = {"Family name", "Nom de famille", "Familienaam"},
    [IMPORT_TITLE_GIVEN_NAMES] = {"Given names", "Prénoms", "Voornamen"},
    [IMPORT_TITLE_BIRTH_DATE] = {"Date of birth", "Date de naissance", "Geboortedatum"},
    [IMPORT_TITLE_GENDER] = {"Gender", "Genre", "Geslacht"},
    [IMPORT_TITLE_NATIONALITY] = {"Nationality", "Nationalité", "Nationaliteit"},
    [IMPORT_TITLE_EMAIL] = {"E-mail", "Courriel", "E-mail"},
    [IMPORT_TITLE_ESI] = {"ESI", "ESI", "ESI"},
    [IMPORT_TITLE_START] = {"Start date", "Date de début", "Begindatum"},
    [IMPORT_TITLE_END] = {"End date", "Date de fin", "Einddatum"},
    [IMPORT_TITLE_LANGUAGES] = {"Languages", "Langues", "Talen"},
    [IMPORT_TITLE_AGREEMENT] = {"Agreement", "Accord", "Overeenkomst"},
    [IMPORT_TITLE_CONDITION] = {"Condition", "Condition", "Voorwaarde"},
    [IMPORT_TITLE_SUPPORT] = {"Special support", "Soutien", "Ondersteuning"},
    [IMPORT_TITLE_COMMENT] = {"Comment", "Commentaire", "Opmerking"},
    [IMPORT_TITLE_UNIT] = {"Department", "Département", "Departement"},
    [IMPORT_TITLE_VIRTUAL_PART] = {"Virtual part", "Partie virtuelle", "Virtueel deel"},
    [IMPORT_TITLE_ECTS] = {"Planned ECTS", "Crédits prévus", "Gepland ECTS"},
    [IMPORT_TITLE_TEACHING_HOURS] = {"Teaching hours", "Heures d'enseignement", "Lesuren"},
    [IMPORT_TITLE_ONE_TIER] = {"One-tier programme", "Cycle long", "One-tier programme"},
    [IMPORT_TITLE_YEARS_DONE] = {"Years of study completed", "Années d'études réussies",
                                 "Afgewerkte studiejaren"},
    [IMPORT_TITLE_GRADUATED_ON] = {"Date of graduation", "Date du diplôme", "Afstudeerdatum"},
    [IMPORT_TITLE_WITH_TRAINING] = {"Combined with training", "Combinée avec formation",
                                    "Met opleiding"},
    [IMPORT_TITLE_TRAVEL_DAYS] = {"Days of travel", "Jours de voyage", "Reisdagen"},
    [IMPORT_TITLE_GREEN_TRAVEL] = {"Green travel", "Voyage écologique", "Groen reizen"},
    [IMPORT_TITLE_PARTNER_NAME] = {"Host institution", "Établissement d'accueil", "Gastinstelling"},
    [IMPORT_TITLE_DOSSIER] = {"Dossier", "Dossier", "Dossier"},
    [IMPORT_TITLE_STATE] = {"State", "State", "State"},
    [IMPORT_TITLE_ERRORS] = {"ERRORS", "ERRORS", "ERRORS"},
};

static_assert(sizeof texts / sizeof *texts == IMPORT_TITLE_COUNT, "one row for each title");

const char *import_title_text(enum import_title title, const char *language)
{
    assert(title < IMPORT_TITLE_COUNT);
    if (!language)
        return import_title_all[title].name;
    for (size_t i = 0; i < LANGUAGES; i++)
        if (strcmp(languages[i], language) == 0)
            return texts[title][i];
    return NULL;
}
