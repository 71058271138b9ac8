# Peregrin. Each folder of node/ becomes one archive; the programs and the tests link archives.
#
#   make                 the programs, in build/plain/bin      make check    every test
#   make unit-bytes      one test alone, with only the folders its first line names
#                        (also contract-, stories-, golden-, e2e-, journeys-, bench-)
#   make fuzz            FUZZ_SECONDS per target; fuzz-frame   make soak     the long tests, HOURS
#   make tidy            the fences and the format             make format   clang-format decides
#   make man             the manual, in build/man              make bench    what it costs, plotted
#
# BUILD=elsewhere builds elsewhere; VARIANT is plain, asan, fuzz or broken; V=1 shows every command.

BUILD        ?= build
VARIANT      ?= plain
FUZZ_SECONDS ?= 10
HOURS        ?= 1
PREFIX       ?= /usr/local
VERSION      := 0.1
OUT          := $(BUILD)/$(VARIANT)
GEN          := $(BUILD)/gen

# The folders in the order of node/LAYERS, and those which have sources today.
FOLDERS := base seal record grade trust wire rules channel stream eligibility store engine report plot sheet verify elmo admin backup figures press io api command paper sim flow watch post film swarm study real office lab operate cli
PRESENT := $(foreach f,$(FOLDERS),$(if $(wildcard node/$f/*.c),$f))
NO_PROTO := base seal grade plot

# What a folder asks of others' libraries.
FOREIGN_seal    := libsodium
FOREIGN_record  := libprotobuf-c libutf8proc
FOREIGN_channel := libsodium
FOREIGN_store   := sqlite3
FOREIGN_report  := jansson libutf8proc
FOREIGN_sheet   := libutf8proc libzip expat xlsxwriter
FOREIGN_io      := nanomsg libmicrohttpd libcurl libconfuse libsodium libsystemd
FOREIGN_admin   := libutf8proc
FOREIGN_backup  := libarchive jansson libsodium
FOREIGN_api     := jansson
FOREIGN_command := jansson
FOREIGN_office  := jansson
FOREIGN_operate := jansson
FOREIGN_cli     := jansson
FOREIGN_elmo    := libxml-2.0
FOREIGN_press   := jansson
FOREIGN_paper   := pangocairo pangofc pangoft2 cairo-pdf fontconfig libqrencode libqpdf libseccomp jansson
FOREIGN_sim     := sqlite3
FOREIGN_flow    := expat
FOREIGN_watch   := jansson
FOREIGN_study   := jansson
FOREIGN_real    := jansson
FOREIGN_lab     := jansson
LIBS_sheet      := -lcsv
LIBS_flow       := -lcsv

# ---- flags ----------------------------------------------------------------------------------

CC_plain := $(CC)
CC_asan  := $(CC)
CC_fuzz  := clang
CC_broken := $(CC)
FLAGS_plain := -O2 -g -D_FORTIFY_SOURCE=2
FLAGS_asan  := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
               -fno-omit-frame-pointer -Wno-error=maybe-uninitialized
FLAGS_fuzz  := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
               -fno-omit-frame-pointer -Wno-error
FLAGS_broken := -O1 -g -DPEREGRIN_BROKEN
COMPILER := $(CC_$(VARIANT))
LANGUAGE := -std=c2x -D_GNU_SOURCE -fstack-protector-strong -fPIE
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Werror
PLACES   := -Inode -I$(GEN)
COMPILE   = $(COMPILER) $(LANGUAGE) $(WARNINGS) $(FLAGS_$(VARIANT)) $(CFLAGS) $(PLACES) -MMD -MP
LINK      = $(COMPILER) $(FLAGS_$(VARIANT)) $(LDFLAGS) -pie -Wl,--as-needed -Wl,-z,relro,-z,now

# Headers that stand in folders of their own, as others' and not ours to warn of.
seen_in    = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags-only-I $1))
SEES_paper := $(call seen_in,$(FOREIGN_paper))
SEES_elmo  := $(call seen_in,$(FOREIGN_elmo))

# $(call archives,FOLDERS) and $(call libraries,FOLDERS): what to link for these folders.
above_seal = $(filter-out $(NO_PROTO),$1)
archives   = $(patsubst %,$(OUT)/lib%.a,$(filter $(PRESENT),$1) $(if $(call above_seal,$1),proto))
packages   = $(sort $(foreach f,$1,$(FOREIGN_$f)) $(if $(call above_seal,$1),libprotobuf-c))
pkg_libs   = $(if $1,$(shell pkg-config --libs $1))
libraries  = $(call pkg_libs,$(call packages,$1)) $(foreach f,$1,$(LIBS_$f)) -lpthread -lm
group      = -Wl,--start-group $1 -Wl,--end-group

# ---- the programs ---------------------------------------------------------------------------

MAINS    := $(wildcard node/main/*.c)
PROGRAMS := $(subst _,-,$(MAINS:node/main/%.c=%))
PROGRAMS := $(PROGRAMS:%=$(OUT)/bin/%)

all: $(call archives,$(PRESENT)) $(PROGRAMS)

.SECONDEXPANSION:
$(PROGRAMS): $(OUT)/bin/%: $(OUT)/node/main/$$(subst -,_,%).o $(call archives,$(PRESENT))
	mkdir -p $(@D)
	echo "link $@"
	$(LINK) -o $@ $< $(call group,$(filter %.a,$^)) $(call libraries,$(PRESENT))

# ---- the records' generated code, never checked in ------------------------------------------

PROTOS := $(wildcard proto/*.proto)
GEN_C  := $(PROTOS:proto/%.proto=$(GEN)/%.pb-c.c)
GEN_H  := $(GEN_C:.c=.h)

$(GEN)/%.pb-c.c $(GEN)/%.pb-c.h &: proto/%.proto $(PROTOS)
	mkdir -p $(GEN)
	echo "protoc-c $<"
	protoc-c -Iproto --c_out=$(GEN) $<

$(OUT)/gen/%.o: $(GEN)/%.c | $(GEN_H)
	mkdir -p $(@D)
	echo "cc $<"
	$(COMPILE) -w -c -o $@ $<

$(OUT)/libproto.a: $(GEN_C:$(GEN)/%.c=$(OUT)/gen/%.o)
	rm -f $@ && ar rcs $@ $^

# ---- tables that are compiled in, as a text that C reads --------------------------------------

TABLES := $(patsubst node/eligibility/%,$(GEN)/%.h,$(wildcard node/eligibility/*.csv))

$(GEN)/%.csv.h: node/eligibility/%.csv
	mkdir -p $(GEN)
	sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' $< >$@

$(patsubst %.c,$(OUT)/%.o,$(wildcard node/eligibility/*.c)): | $(TABLES)

# ---- the folders ----------------------------------------------------------------------------

$(OUT)/node/%.o: node/%.c
	mkdir -p $(@D)
	echo "cc $<"
	$(COMPILE) -c -o $@ $<

define folder_rules
$(OUT)/lib$1.a: $(patsubst %.c,$(OUT)/%.o,$(wildcard node/$1/*.c)) node/$1
	rm -f $$@ && ar rcs $$@ $$(filter %.o,$$^)
$(if $(call above_seal,$1),$(patsubst %.c,$(OUT)/%.o,$(wildcard node/$1/*.c)): | $(GEN_H))
endef
$(foreach f,$(PRESENT),$(eval $(call folder_rules,$f)))
$(patsubst %.c,$(OUT)/%.o,$(wildcard node/paper/*.c)): COMPILE += $(SEES_paper)
$(patsubst %.c,$(OUT)/%.o,$(wildcard node/elmo/*.c)): COMPILE += $(SEES_elmo)
$(MAINS:%.c=$(OUT)/%.o): COMPILE += -DPEREGRIN_VERSION='"$(VERSION)"'
$(MAINS:%.c=$(OUT)/%.o): Makefile | $(GEN_H)

# ---- the tests: the first comment, /* links: base seal */, is the dependency budget -----------

TESTS   := $(wildcard $(patsubst %,tests/%/*_test.c,unit contract stories golden e2e $(filter broken,$(VARIANT))))
BENCHES := $(wildcard tests/bench/*.c)
FUZZERS := $(wildcard tests/fuzz/*_fuzz.c)
SEEDERS := tests/fuzz/seeds.c
SUPPORT := $(wildcard tests/support/*.c)
PEERS   := $(wildcard tests/e2e/*_peer.c)
LINKED  := $(TESTS) $(BENCHES) $(FUZZERS) $(SEEDERS) $(PEERS)
READ_BUDGET := FNR == 1 { said = ""; open = /links:/ } \
               open { said = said $$0 } \
               open && /\*\// { split(said, half, /links:|\*\//); gsub(/[ *]+/, ",", half[2]); \
                                print FILENAME ":" half[2]; open = 0 }
BUDGETS := $(if $(LINKED),$(shell awk '$(READ_BUDGET)' $(LINKED)))
comma     := ,
budget    = $(subst $(comma), ,$(patsubst $1:%,%,$(filter $1:%,$(BUDGETS))))
strangers = $(filter-out $(FOLDERS) proto,$1)
program   = $(patsubst %.c,$(OUT)/%,$1)

$(OUT)/tests/%.o: tests/%.c
	mkdir -p $(@D)
	echo "cc $<"
	$(COMPILE) -Itests -c -o $@ $<

$(OUT)/libsupport.a: $(SUPPORT:%.c=$(OUT)/%.o) $(wildcard tests/support)
	rm -f $@ && ar rcs $@ $(filter %.o,$^)

$(OUT)/libmutator.a: $(OUT)/tests/fuzz/mutator.o
	rm -f $@ && ar rcs $@ $^

# $(call test_rules,SOURCE,FOLDERS,support archive or nothing,further link flags)
define test_rules
$(if $(call strangers,$2),$(error $1 links $(call strangers,$2): no such folder))
$(call program,$1): $(OUT)/$(1:.c=.o) $3 $(call archives,$2)
	echo "link $$@"
	$$(LINK) $4 -o $$@ $$< $$(call group,$$(filter %.a,$$^)) $$(call libraries,$2) -lcmocka
$(if $(call above_seal,$2),$(OUT)/$(1:.c=.o): | $(GEN_H))
endef
SEES_PACKING = -Wl$(comma)--wrap=codec_pack
with_support = $(if $(filter tests/fuzz/%_fuzz.c,$1),$(OUT)/libmutator.a,\
    $(if $(filter-out tests/unit/%,$1),$(if $(SUPPORT),$(OUT)/libsupport.a)))
$(foreach t,$(LINKED),$(eval $(call test_rules,$t,$(call budget,$t),$(call with_support,$t),\
    $(if $(filter $(FUZZERS),$t),-fsanitize=fuzzer)$(if $(filter $(SEEDERS),$t),$(SEES_PACKING)))))
$(SUPPORT:%.c=$(OUT)/%.o) $(OUT)/tests/fuzz/mutator.o: | $(GEN_H)

export PEREGRIN_BIN := $(abspath $(OUT)/bin)
export BUILD
RUN := ASAN_OPTIONS=handle_segv=2:$(ASAN_OPTIONS)

unit-% contract-% stories-% golden-% broken-%: $(OUT)/tests/$$(firstword $$(subst -, ,$$@))/%_test
	$(RUN) $<
journeys-%: $(PROGRAMS)
	tests/journeys/journey.py $*
e2e-%: $(PROGRAMS) $$(if $$(wildcard tests/e2e/$$*.sh),,$(OUT)/tests/e2e/$$*_test)
	$(if $(wildcard tests/e2e/$*.sh),tests/e2e/$*.sh,$(OUT)/tests/e2e/$*_test)
bench-%: $(OUT)/tests/bench/%
	$<

tests: $(call program,$(if $(filter fuzz,$(VARIANT)),$(FUZZERS),$(TESTS)))
benches: $(call program,$(BENCHES))

check:
	scripts/run_tests
accept:
	ACCEPT=1 scripts/run_tests stories journeys
soak: all
	HOURS=$(HOURS) tests/soak/soak.py
fuzz:
	FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/run_tests fuzz
seeds: $(OUT)/tests/fuzz/seeds
	$< $(BUILD)/seeds tests/stories/*.story
fuzz-%:
	FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/run_tests fuzz/$*
bench: all benches
	tests/bench/bench.py

# ---- the house ------------------------------------------------------------------------------

STYLED = $(wildcard node/*/*.[ch] tests/*/*.[ch])

tidy: all
	scripts/check_layers
	scripts/check_names
	scripts/check_pure
	scripts/check_sizes
	scripts/check_cases
	scripts/check_linked
	$(if $(STYLED),clang-format --dry-run --Werror $(STYLED))
format:
	$(if $(STYLED),clang-format -i $(STYLED))
deb: all
	scripts/deb/build $(OUT)/bin $(BUILD)/deb $(VERSION)
install: all
	$(if $(PROGRAMS),install -D -t $(DESTDIR)$(PREFIX)/bin $(PROGRAMS))
man: $(OUT)/bin/peregrin
	mkdir -p $(BUILD)/man
	$< help --man list | while read name section; do \
	    $< help --man $$name >$(BUILD)/man/$$name.$$section || exit 1; done
	cp node/manual/*.[17] $(BUILD)/man
clean:
	rm -rf $(BUILD)

.PHONY: all tests benches check accept soak fuzz seeds bench tidy format install man deb clean
$(if $V,,.SILENT:)
.DELETE_ON_ERROR:
.SECONDARY:
-include $(shell find -L $(OUT) -name '*.d' 2>/dev/null)
