#include "operate/operate_nouns.h"
#include "operate/operate_verbs.h"

static const struct command_flag init_flags[] = {
    {"institution", "SCHAC",
     "the institution, as its SCHAC domain: helmo.be; several: each with its name", 0},
    {"name", "NAME", "its name", 0},
    {"country", "CC", "its country: BE; of further ones, where it is another", 0},
    {"erasmus-code", "CODE", "its Erasmus code, as lists name it: \"B  LIEGE37\"", 0},
    {"pic", "PIC", "its PIC, nine digits", 0},
    {"network", "NETWORK", "the federation's name (demo)", 0},
    {"node", "ID", "the node's id in the catalogue (the institution)", 0},
    {"listen", "ADDRESS", "where the node listens: tcp://192.0.2.7:4100; none: nobody can call it",
     0},
    {"endpoint", "ADDRESS", "where partners reach it, if that is another address", 0},
    {"anchor", "HEX", "the anchor of the federation, when you have it already", 0},
    {"dir", "DIR", "where to make it (the node's id)", 0},
    {"database", "PATH", "where the node keeps its records (DIR/data/peregrin.db)", 0},
    {0}};

static const struct command_row rows[] = {
    {
        .noun = "init",
        .run = operate_init_run,
        .summary = "Make a node's directory: keys, configuration, enrolment card.",
        .more = "Makes DIR/keys with one signing key for the institution and one transport key "
                "for the node (mode 0600), a commented DIR/peregrind.conf, and DIR/NODE.enrol: "
                "the public keys, to hand to the federation's authority. What exists is kept: to "
                "run it again is safe.",
        .example = "init --institution helmo.be --name \"HELMo\" --country BE --network demo "
                   "--listen tcp://192.0.2.7:4100 --dir helmo",
        .flags = init_flags,
    },
    {0},
};

const struct command_noun noun_init = {
    .name = "init",
    .group = COMMAND_GROUP_NODE,
    .summary = "a new node's keys, configuration and card",
    .rows = rows,
};
