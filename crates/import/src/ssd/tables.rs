//! The tables of the Standard Safeguarding Dataset that say something of records or workers.
//!
//! Every column of a table begins with the table's own four letters, so that a table is known by
//! its headings. Names are those of release 1.4 and before; what a release adds is passed over.

use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::Episode;

use super::table::{About, Table, Use};

const fn unused(name: &'static str, prefix: &'static str) -> Table {
    Table { name, prefix, about: About::NotUsed, columns: &[], needs: &[] }
}

/// Every table that is known, with those first that others refer to. The worker and team of a
/// referral, an assessment or a plan are those who did it, and not those who hold the record now:
/// they are passed over, and the open involvements are followed.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "ssd_department",
        prefix: "dept_",
        about: About::Departments,
        columns: &[("team_id", Use::Team), ("team_name", Use::TeamName)],
        needs: &[Use::Team, Use::TeamName],
    },
    Table {
        name: "ssd_professionals",
        prefix: "prof_",
        about: About::Professionals,
        columns: &[
            ("professional_id", Use::Staff),
            ("professional_name", Use::StaffName),
            ("social_worker_registration_no", Use::Registration),
            ("professional_job_title", Use::Title),
            ("professional_department", Use::Team),
            ("full_time_equivalency", Use::FullTime),
            ("agency_worker_flag", Use::Agency),
        ],
        needs: &[Use::Staff],
    },
    Table {
        name: "ssd_person",
        prefix: "pers_",
        about: About::People,
        columns: &[("person_id", Use::Person), ("dob", Use::Born), ("ethnicity", Use::Ethnicity)],
        needs: &[Use::Person],
    },
    Table {
        name: "ssd_disability",
        prefix: "disa_",
        about: About::Disabilities,
        columns: &[("person_id", Use::Person), ("disability_code", Use::Kind)],
        needs: &[Use::Person, Use::Kind],
    },
    Table {
        name: "ssd_immigration_status",
        prefix: "immi_",
        about: About::Immigration,
        columns: &[("person_id", Use::Person), ("immigration_status", Use::Kind)],
        needs: &[Use::Person, Use::Kind],
    },
    Table {
        name: "ssd_cin_episodes",
        prefix: "cine_",
        about: About::Spans(Episode::Referral),
        columns: &[
            ("person_id", Use::Person),
            ("referral_date", Use::From),
            ("close_date", Use::Until),
        ],
        needs: &[Use::Person, Use::From, Use::Until],
    },
    Table {
        name: "ssd_cin_assessments",
        prefix: "cina_",
        about: About::Spans(Episode::Assessment),
        columns: &[
            ("person_id", Use::Person),
            ("assessment_start_date", Use::From),
            ("assessment_auth_date", Use::Until),
        ],
        needs: &[Use::Person, Use::From, Use::Until],
    },
    Table {
        name: "ssd_cin_plans",
        prefix: "cinp_",
        about: About::Spans(Episode::ChildInNeedPlan),
        columns: &[
            ("person_id", Use::Person),
            ("cin_plan_start_date", Use::From),
            ("cin_plan_end_date", Use::Until),
            ("cin_plan_start", Use::From),
            ("cin_plan_end", Use::Until),
        ],
        needs: &[Use::Person, Use::From, Use::Until],
    },
    Table {
        name: "ssd_cin_visits",
        prefix: "cinv_",
        about: About::Events(KeyDate::LastSeen),
        columns: &[
            ("person_id", Use::Person),
            ("cin_visit_date", Use::On),
            ("cin_visit_seen", Use::Seen),
        ],
        needs: &[Use::Person, Use::On],
    },
    Table {
        name: "ssd_s47_enquiry",
        prefix: "s47e_",
        about: About::Enquiries,
        columns: &[
            ("s47_enquiry_id", Use::Enquiry),
            ("person_id", Use::Person),
            ("s47_start_date", Use::From),
        ],
        needs: &[Use::Person, Use::From],
    },
    Table {
        name: "ssd_initial_cp_conference",
        prefix: "icpc_",
        about: About::Conferences,
        columns: &[
            ("s47_enquiry_id", Use::Enquiry),
            ("person_id", Use::Person),
            ("icpc_date", Use::On),
        ],
        needs: &[Use::Enquiry, Use::On],
    },
    Table {
        name: "ssd_cp_plans",
        prefix: "cppl_",
        about: About::Spans(Episode::ProtectionPlan),
        columns: &[
            ("person_id", Use::Person),
            ("cp_plan_start_date", Use::From),
            ("cp_plan_end_date", Use::Until),
        ],
        needs: &[Use::Person, Use::From, Use::Until],
    },
    Table {
        name: "ssd_cp_visits",
        prefix: "cppv_",
        about: About::Events(KeyDate::ProtectionVisit),
        columns: &[
            ("person_id", Use::Person),
            ("cp_visit_date", Use::On),
            ("cp_visit_seen", Use::Seen),
        ],
        needs: &[Use::Person, Use::On],
    },
    Table {
        name: "ssd_cp_reviews",
        prefix: "cppr_",
        about: About::Events(KeyDate::ProtectionReview),
        columns: &[("person_id", Use::Person), ("cp_review_date", Use::On)],
        needs: &[Use::Person, Use::On],
    },
    Table {
        name: "ssd_cla_episodes",
        prefix: "clae_",
        about: About::Care,
        columns: &[
            ("person_id", Use::Person),
            ("cla_id", Use::Care),
            ("cla_episode_start_date", Use::From),
            ("cla_episode_ceased_date", Use::Until),
            ("cla_episode_start", Use::From),
            ("cla_episode_ceased", Use::Until),
            ("cla_last_iro_contact_date", Use::ReviewingOfficerContact),
        ],
        needs: &[Use::Person, Use::From, Use::Until],
    },
    Table {
        name: "ssd_cla_placement",
        prefix: "clap_",
        about: About::Spans(Episode::Placement),
        columns: &[
            ("person_id", Use::Person),
            ("cla_id", Use::Care),
            ("cla_placement_start_date", Use::From),
            ("cla_placement_end_date", Use::Until),
        ],
        needs: &[Use::From, Use::Until],
    },
    Table {
        name: "ssd_cla_reviews",
        prefix: "clar_",
        about: About::Events(KeyDate::CareReview),
        columns: &[
            ("person_id", Use::Person),
            ("cla_id", Use::Care),
            ("cla_review_date", Use::On),
            ("cla_review_cancelled", Use::Cancelled),
        ],
        needs: &[Use::On],
    },
    Table {
        name: "ssd_cla_visits",
        prefix: "clav_",
        about: About::Events(KeyDate::CareVisit),
        columns: &[
            ("person_id", Use::Person),
            ("cla_id", Use::Care),
            ("cla_visit_date", Use::On),
            ("cla_visit_seen", Use::Seen),
        ],
        needs: &[Use::On],
    },
    Table {
        name: "ssd_legal_status",
        prefix: "lega_",
        about: About::LegalStatus,
        columns: &[
            ("person_id", Use::Person),
            ("legal_status", Use::Kind),
            ("legal_status_end_date", Use::Until),
        ],
        needs: &[Use::Person, Use::Kind, Use::Until],
    },
    Table {
        name: "ssd_cla_health",
        prefix: "clah_",
        about: About::Health,
        columns: &[
            ("person_id", Use::Person),
            ("health_check_type", Use::Kind),
            ("health_check_date", Use::On),
        ],
        needs: &[Use::Person, Use::Kind, Use::On],
    },
    Table {
        name: "ssd_missing",
        prefix: "miss_",
        about: About::Missing,
        columns: &[
            ("person_id", Use::Person),
            ("missing_episode_start_date", Use::From),
            ("missing_episode_end_date", Use::Until),
            ("missing_episode_start", Use::From),
            ("missing_episode_end", Use::Until),
            ("missing_episode_type", Use::Kind),
            ("missing_rhi_offered", Use::Offered),
        ],
        needs: &[Use::Person, Use::From],
    },
    Table {
        name: "ssd_care_leavers",
        prefix: "clea_",
        about: About::Leavers,
        columns: &[
            ("person_id", Use::Person),
            ("care_leaver_latest_contact", Use::Contact),
            ("pathway_plan_review_date", Use::PathwayReview),
            ("care_leaver_allocated_team", Use::Team),
            ("care_leaver_allocated_team_name", Use::Team),
            ("care_leaver_worker_id", Use::Staff),
            ("care_leaver_worker_name", Use::StaffName),
        ],
        needs: &[Use::Person],
    },
    Table {
        name: "ssd_involvements",
        prefix: "invo_",
        about: About::Involvements,
        columns: &[
            ("professional_id", Use::Staff),
            ("professional_role_id", Use::Kind),
            ("professional_team", Use::Team),
            ("involvement_start_date", Use::From),
            ("involvement_end_date", Use::Until),
            ("person_id", Use::Person),
        ],
        needs: &[Use::Person, Use::Staff, Use::Kind, Use::Until],
    },
    unused("ssd_address", "addr_"),
    unused("ssd_family", "fami_"),
    unused("ssd_mother", "moth_"),
    unused("ssd_contacts", "cont_"),
    unused("ssd_early_help_episodes", "earl_"),
    unused("ssd_assessment_factors", "cinf_"),
    unused("ssd_cla_immunisations", "clai_"),
    unused("ssd_cla_substance_misuse", "clas_"),
    unused("ssd_cla_convictions", "clac_"),
    unused("ssd_cla_previous_permanence", "lapp_"),
    unused("ssd_cla_care_plan", "lacp_"),
    unused("ssd_sdq_scores", "csdq_"),
    unused("ssd_permanence", "perm_"),
    unused("ssd_send", "send_"),
    unused("ssd_sen_need", "senn_"),
    unused("ssd_ehcp_requests", "ehcr_"),
    unused("ssd_ehcp_assessment", "ehca_"),
    unused("ssd_ehcp_named_plan", "ehcn_"),
    unused("ssd_ehcp_active_plans", "ehcp_"),
    unused("ssd_pre_proceedings", "prep_"),
    unused("ssd_voice_of_child", "voch_"),
    unused("ssd_linked_identifiers", "link_"),
    unused("ssd_s251_finance", "s251_"),
    unused("ssd_version_log", "vers_"),
];
