# make                build/certigar, build/libcertigar.a, build/libcertigar.so
# make demo           sets up what is missing, builds, and shows certigar at work
# make check          sets up what is missing, builds, tests, replays the fuzzing corpora and the proofs; ends with the counts
# make proofs         all proofs, from scratch             make mutants   edits the code on purpose: each edit must break a proof
# make fuzz           FUZZ_SECONDS=60 for each target    make bench     how fast the rules are
# make crosscheck     COORDINATES=100000000 for each rule and dtype, against the reference: hours
# make install        PREFIX=/usr/local DESTDIR= PYTHONDIR= (empty: no Python package)         make clean
# B=DIRECTORY CC= CFLAGS= LDFLAGS= build elsewhere and otherwise. V=1 shows the commands. WERROR=1 makes warnings errors (make check does).

CC := gcc
CLANG := clang
AR := gcc-ar
OBJCOPY := objcopy
PYTHON := $(or $(wildcard /usr/bin/python3),python3)
PREFIX := /usr/local
DESTDIR :=
# where Debian's Python looks for packages of this prefix
PYTHONDIR = $(PREFIX)/lib/$(if $(filter /usr,$(PREFIX)),python3,$(shell $(PYTHON) -c 'import sys; print("python%d.%d" % sys.version_info[:2])'))/dist-packages
FUZZ_SECONDS ?= 60
COORDINATES ?= 100000000
WERROR := 0
V := 0
B := build
comma := ,

VERSION := $(shell sed -n 's/^.define CERTIGAR_VERSION "\(.*\)"/\1/p' src/certigar.h)
SONAME := libcertigar.so.$(firstword $(subst ., ,$(VERSION)))
COMMIT := $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
MANIFEST := $(shell sha256sum proofs/manifest.json 2>/dev/null | cut -d' ' -f1)

quiet = $(if $(filter 1,$(V)),,@printf '  %-5s %s\n' $(1) $(patsubst $(B)/%,%,$@);)

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: build all setup check demo proofs mutants crosscheck fuzz fuzzers bench install clean tests FORCE

# ---- how things are compiled ----

WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes $(if $(filter 1,$(WERROR)),-Werror)
HARDENING := -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
CFLAGS := -O3 -g
LDFLAGS :=
BASE := -std=c11 $(CFLAGS) $(WARNINGS) -MMD -MP -pthread
PROGRAM_LINK = -pie -Wl,-z,relro,-z,now -pthread $(LDFLAGS)
IDENTITY := -DCERTIGAR_COMMIT='"$(COMMIT)"' -DCERTIGAR_MANIFEST_SHA256='"$(or $(MANIFEST),unknown)"'

# The library's objects serve both libraries: position independent, and only what the headers to be installed declare is visible from outside.
HEADERS := src/certigar.h src/certigar_check.h src/certigar_attack.h
LIBRARY := $(BASE) $(HARDENING) -D_DEFAULT_SOURCE -fPIC -fvisibility=hidden -include $(B)/visible.h -Isrc -Ispec -Iproofs
PROGRAM := $(BASE) $(HARDENING) -fPIE -D_GNU_SOURCE -Isrc -Isrc/io
KERNEL_INCLUDES := -Isrc -Ispec -Iproofs
# of attacks and the trainer, which compute in floating point: what IEEE 754 says, whatever CFLAGS say
IEEE := -fno-fast-math -ffp-contract=off

FORMATS := 32 64
LEVELS := baseline
ifeq ($(shell $(CC) -dumpmachine | cut -d- -f1),x86_64)
LEVELS += x86_64_v3 x86_64_v4
else
PORTABLE := -DCERTIGAR_NO_X86
endif
FLAGS_baseline :=
FLAGS_x86_64_v3 := -march=x86-64-v3
FLAGS_x86_64_v4 := -march=x86-64-v4 -mprefer-vector-width=512

LIBRARY_LIBS := -lmpfr -lgmp -lm
IO_LIBS := -ljansson -lnettle
REFERENCE_LIBS := -lmpfr -lgmp -lm
TRAIN_LIBS := -lopenblas -lz -lnettle -lm

# ---- what there is ----

objects = $(patsubst %.c,$(B)/obj/%.o,$(wildcard $(1)))
# of src/order those that are the same for all formats, and no kernels
LIBRARY_SOURCES := $(filter-out src/kernels.c src/attack.c,$(wildcard src/*.c src/select/*.c src/real/*.c src/check/*.c src/profile/*.c)) \
  $(addprefix src/order/,cover.c first.c krum_counts.c limited.c neighbour_rows.c neighbours.c places.c smallest.c within.c)
KERNELS := $(foreach format,$(FORMATS),$(foreach level,$(LEVELS),$(B)/obj/kernels/$(format)_$(level).o))
# what a network is made of, which the tests have in binary64 too
NETWORK := batch_normalisation.c convolution.c linear.c max_pooling.c network.c notation.c pointwise.c random.c
# attacks: the library has them as one object, in which no name is global but those of certigar_attack.h; the trainer has them as they are
ATTACKS := $(call objects,src/attacks/*.c) $(B)/obj/src/train/random.o
LIBRARY_OBJECTS := $(LIBRARY_SOURCES:%.c=$(B)/obj/%.o) $(KERNELS) $(B)/obj/attacks.o
SUPPORT := $(call objects,tests/support/*.c)
TESTS := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/test_*.c))
FUZZERS := $(patsubst fuzz/fuzz_%.c,$(B)/fuzz/%,$(wildcard fuzz/fuzz_*.c))
EXTRAS := $(B)/reference_selection $(if $(wildcard tests/crosscheck.c),$(B)/crosscheck) $(if $(wildcard demo/*.c),$(B)/demo) $(if $(wildcard bench/*.c),$(B)/bench $(B)/bench_step)

build: $(if $(wildcard src/cli/*.c),$(B)/certigar) $(B)/libcertigar.a $(B)/libcertigar.so
tests: $(TESTS) $(EXTRAS)
fuzzers: $(FUZZERS)
all: build tests fuzzers

ALL_FLAGS = $(CC) $(LIBRARY) $(PROGRAM) $(KERNEL_INCLUDES) $(PORTABLE) $(CLANG) $(FUZZ)

# Rewritten only when the flags change, and everything compiled depends on it.
$(B)/flags: FORCE
	@mkdir -p $(B)
	@printf '%s\n' '$(ALL_FLAGS)' | cmp -s - $@ || printf '%s\n' '$(ALL_FLAGS)' > $@
$(B)/identity: FORCE
	@mkdir -p $(B)
	@printf '%s\n' '$(COMMIT) $(MANIFEST)' | cmp -s - $@ || printf '%s\n' '$(COMMIT) $(MANIFEST)' > $@
$(B)/visible.h: Makefile
	@mkdir -p $(B)
	@printf '%s\n' '#pragma GCC visibility push(default)' $(patsubst src/%,'#include "%"',$(HEADERS)) '#pragma GCC visibility pop' > $@
$(B)/proofs_summary.h: $(wildcard proofs/manifest.json) proofs/prove.py
	@mkdir -p $(B)
	@$(if $(MANIFEST),$(PYTHON) proofs/prove.py --summary,:) > $@

# What the report of an audit is made of, as strings: $(1) is the name of a constant, of the contents of the file $(2).
as_string = printf 'static const char $(1)[] =\n'; sed 's/\\/\\\\/g; s/"/\\"/g; s/^.*$$/"&\\n"/' $(2); echo ';'
$(B)/report_assets.h: src/report/report.css src/report/report.js spec/ledger.json Makefile
	@mkdir -p $(B)
	@{ $(call as_string,report_style,src/report/report.css); $(call as_string,report_script,src/report/report.js); \
	  $(call as_string,report_ledger,spec/ledger.json); } > $@

# ---- the library ----

$(B)/obj/src/%.o: src/%.c $(B)/flags $(B)/visible.h
	@mkdir -p $(@D)
	$(call quiet,CC)$(CC) $(LIBRARY) $(PORTABLE) -c $< -o $@

define kernel
$(B)/obj/kernels/$(1)_$(2).o: src/kernels.c $(B)/flags $(B)/visible.h
	@mkdir -p $$(@D)
	$$(call quiet,CC)$$(CC) $$(LIBRARY) $$(KERNEL_INCLUDES) -DFORMAT=$(1) -DLEVEL=$(2) $$(FLAGS_$(2)) -c $$< -o $$@
endef
$(foreach format,$(FORMATS) 6,$(foreach level,$(LEVELS),$(eval $(call kernel,$(format),$(level)))))

$(B)/obj/attacks.o: $(B)/obj/src/attack.o $(ATTACKS)
	$(call quiet,LINK)$(CC) -r -nostdlib $^ -o $@ && $(OBJCOPY) --localize-hidden $@

$(B)/libcertigar.a: $(LIBRARY_OBJECTS)
$(B)/libtoy.a: $(B)/obj/kernels/6_baseline.o
$(B)/libio.a: $(call objects,src/io/*.c)
$(B)/libcases.a: $(call objects,src/cases/*.c)
$(B)/libtrain.a: $(call objects,src/train/*.c src/attacks/*.c)
$(B)/libtrain_double.a: $(patsubst %.c,$(B)/obj/double/%.o,$(addprefix src/train/,$(NETWORK)))
$(B)/libreference.a: $(call objects,reference/*.c)
$(B)/%.a:
	@rm -f $@
	$(call quiet,AR)$(AR) rcs $@ $^

$(B)/libcertigar.so: $(LIBRARY_OBJECTS)
	$(call quiet,LINK)$(CC) -shared -Wl,-soname,$(SONAME) -Wl,-z,relro,-z,now$(if $(LDFLAGS),,$(comma)-z$(comma)defs) -pthread $(LDFLAGS) $^ $(LIBRARY_LIBS) -o $@
	@ln -sf libcertigar.so $(B)/$(SONAME)

# ---- programs ----

$(B)/obj/src/io/%.o $(B)/obj/src/cli/%.o $(B)/obj/src/audit/%.o: BUILD_FLAGS = $(PROGRAM) $(IDENTITY) -Isrc/cli -Isrc/train -I$(B)
# rules that are wrong in float arithmetic are wrong in the same way on every machine and with every CFLAGS
$(B)/obj/src/cases/%.o: BUILD_FLAGS = $(PROGRAM) -Isrc/cases $(IEEE)
$(B)/obj/src/train/%.o: BUILD_FLAGS = $(PROGRAM) -Isrc/train $(IEEE)
# with names in the object file, which OBJCOPY sees
$(B)/obj/src/attack.o $(ATTACKS): BUILD_FLAGS = $(LIBRARY) $(IEEE) -fno-lto
$(B)/obj/src/attack.o $(ATTACKS): $(B)/visible.h
$(B)/obj/reference/%.o: BUILD_FLAGS = $(PROGRAM) -Ireference
$(B)/obj/tests/%.o $(B)/obj/demo/%.o $(B)/obj/bench/%.o: BUILD_FLAGS = $(PROGRAM) $(KERNEL_INCLUDES) -Ireference -Itests/support -Itests $(IEEE)
define compiled
	@mkdir -p $(@D)
	$(call quiet,CC)$(CC) $(BUILD_FLAGS) -c $< -o $@
endef
$(B)/obj/src/io/%.o: src/io/%.c $(B)/flags $(B)/identity
	$(compiled)
$(B)/obj/src/cli/%.o: src/cli/%.c $(B)/flags $(B)/identity $(B)/proofs_summary.h
	$(compiled)
$(B)/obj/src/audit/%.o: src/audit/%.c $(B)/flags $(B)/identity $(B)/proofs_summary.h $(B)/report_assets.h
	$(compiled)
$(B)/obj/src/cases/%.o: src/cases/%.c $(B)/flags
	$(compiled)
$(B)/obj/src/train/%.o: src/train/%.c $(B)/flags
	$(compiled)
$(B)/obj/src/attacks/%.o: src/attacks/%.c $(B)/flags
	$(compiled)
$(B)/obj/src/attack.o: src/attack.c $(B)/flags
	$(compiled)
$(B)/obj/double/src/train/%.o: BUILD_FLAGS = $(PROGRAM) -Isrc/train -DTRAIN_DOUBLE $(IEEE)
$(B)/obj/double/src/train/%.o: src/train/%.c $(B)/flags
	$(compiled)
$(B)/obj/reference/%.o: reference/%.c $(B)/flags
	$(compiled)
$(B)/obj/tests/%.o: tests/%.c $(B)/flags
	$(compiled)
$(B)/obj/demo/%.o: demo/%.c $(B)/flags
	$(compiled)
$(B)/obj/bench/%.o: bench/%.c $(B)/flags
	$(compiled)

LIBRARIES := $(B)/libtrain.a $(B)/libcases.a $(B)/libio.a $(B)/libreference.a $(B)/libcertigar.a
link = $(call quiet,LINK)$(CC) $(PROGRAM_LINK) $(filter %.o,$^) $(filter %.a,$^) $(1) -o $@

$(B)/certigar: $(call objects,src/cli/*.c src/audit/*.c) $(B)/libtrain.a $(B)/libcases.a $(B)/libio.a $(B)/libcertigar.a
	$(call link,$(TRAIN_LIBS) $(IO_LIBS) $(LIBRARY_LIBS))
$(B)/crosscheck: $(call objects,tests/crosscheck*.c) $(SUPPORT) $(LIBRARIES)
	$(call link,$(IO_LIBS) $(REFERENCE_LIBS))
$(B)/reference_selection: $(B)/obj/tests/reference_selection.o $(B)/libreference.a
	$(call link,$(REFERENCE_LIBS))
$(B)/demo: $(call objects,demo/*.c) $(LIBRARIES)
	$(call link,$(IO_LIBS) $(REFERENCE_LIBS))
$(B)/bench: $(call objects,bench/*.c) $(LIBRARIES)
	$(call link,$(IO_LIBS) $(REFERENCE_LIBS))
$(B)/bench_step: $(B)/obj/bench/train/step.o $(B)/libtrain.a $(B)/libio.a $(B)/libcertigar.a
	$(call link,$(IO_LIBS) $(TRAIN_LIBS) $(LIBRARY_LIBS))
$(B)/tests/test_toy: $(B)/obj/tests/test_toy.o $(SUPPORT) $(B)/libtoy.a $(LIBRARIES)
	@mkdir -p $(@D)
	$(call link,$(IO_LIBS) $(REFERENCE_LIBS) -lcmocka)
$(B)/obj/tests/test_network.o: BUILD_FLAGS += -Isrc/train -DTRAIN_DOUBLE
$(B)/tests/test_network: $(B)/obj/tests/test_network.o $(B)/libtrain_double.a
	@mkdir -p $(@D)
	$(call link,$(TRAIN_LIBS) -lmpfr -lgmp -lcmocka)
$(B)/tests/test_%: $(B)/obj/tests/test_%.o $(SUPPORT) $(LIBRARIES)
	@mkdir -p $(@D)
	$(call link,$(IO_LIBS) $(TRAIN_LIBS) $(REFERENCE_LIBS) -lcmocka)

# ---- fuzzing: everything again with clang and sanitizers, at the baseline level ----

FUZZ := -std=c11 -O1 -g -pthread -MMD -MP -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer \
  -D_GNU_SOURCE -DCERTIGAR_NO_X86 $(KERNEL_INCLUDES) -Isrc/io -Ireference -Itests/support
FUZZ_SOURCES := $(LIBRARY_SOURCES) $(wildcard src/io/*.c reference/*.c tests/support/*.c fuzz/*.c)
FUZZ_OBJECTS := $(patsubst %.c,$(B)/fuzz/obj/%.o,$(filter-out fuzz/fuzz_%,$(FUZZ_SOURCES))) \
  $(foreach format,$(FORMATS),$(B)/fuzz/obj/kernels_$(format).o)

# Where every value is compared with every other, tracing the comparisons takes three quarters of the time and finds nothing.
$(addprefix $(B)/fuzz/obj/,kernels_%.o reference/%.o tests/support/%.o fuzz/mutator.o fuzz/place.o fuzz/fuzz_check.o fuzz/fuzz_rules.o fuzz/fuzz_pre.o \
  fuzz/fuzz_selection.o): COVERAGE := -fno-sanitize-coverage=trace-cmp
$(B)/fuzz/obj/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call quiet,CLANG)$(CLANG) $(FUZZ) $(COVERAGE) -c $< -o $@
$(B)/fuzz/obj/kernels_%.o: src/kernels.c $(B)/flags
	@mkdir -p $(@D)
	$(call quiet,CLANG)$(CLANG) $(FUZZ) $(COVERAGE) -DFORMAT=$* -DLEVEL=baseline -c $< -o $@
$(B)/fuzz/%: $(B)/fuzz/obj/fuzz/fuzz_%.o $(FUZZ_OBJECTS)
	$(call quiet,LINK)$(CLANG) -fsanitize=fuzzer,address,undefined -pthread $^ $(IO_LIBS) $(REFERENCE_LIBS) -o $@

crosscheck: $(B)/crosscheck
	@$(B)/crosscheck --coordinates $(COORDINATES)

fuzz: fuzzers
	@for name in $(notdir $(FUZZERS)); do \
	  printf '\n== fuzzing %s for %s s\n' "$$name" $(FUZZ_SECONDS); mkdir -p $(B)/fuzz/found/$$name; \
	  seeds=; if [ -d fuzz/corpus/$$name ]; then seeds=fuzz/corpus/$$name; fi; \
	  $(B)/fuzz/$$name -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=$(B)/fuzz/$$name- -print_final_stats=1 \
	    $(B)/fuzz/found/$$name $$seeds || exit 1; \
	done

# ---- the commands of the README ----

setup:
	@PYTHON=$(PYTHON) scripts/setup.sh
check:
	@PYTHON=$(PYTHON) scripts/setup.sh
	@$(PYTHON) scripts/check.py
demo:
	@PYTHON=$(PYTHON) scripts/setup.sh
	@$(MAKE) --no-print-directory -s build $(B)/demo
	@$(B)/demo
	@PYTHON=$(PYTHON) sh demo/command_line.sh $(B)
proofs:
	@PYTHON=$(PYTHON) scripts/setup.sh
	@$(PYTHON) proofs/prove.py $(if $(RESUME),--resume)
	@$(PYTHON) proofs/eva.py
	@$(PYTHON) proofs/coq.py
	@$(PYTHON) proofs/ledger.py
mutants:
	@PYTHON=$(PYTHON) scripts/setup.sh
	@$(PYTHON) proofs/mutate.py
bench: build $(if $(wildcard bench/*.c),$(B)/bench $(B)/bench_step)
	@$(B)/bench
	@$(PYTHON) bench/peers.py $(B)/libcertigar.so
	@$(PYTHON) bench/step.py $(B)/bench_step

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include
	install -m 755 $(B)/certigar $(DESTDIR)$(PREFIX)/bin/certigar
	install -m 644 $(HEADERS) $(DESTDIR)$(PREFIX)/include/
	install -m 644 $(B)/libcertigar.a $(DESTDIR)$(PREFIX)/lib/libcertigar.a
	install -m 755 $(B)/libcertigar.so $(DESTDIR)$(PREFIX)/lib/libcertigar.so.$(VERSION)
	ln -sf libcertigar.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(PREFIX)/lib/libcertigar.so
	$(if $(PYTHONDIR),install -d $(DESTDIR)$(PYTHONDIR)/certigar)
	$(if $(PYTHONDIR),install -m 644 $(wildcard python/certigar/*.py) python/certigar/py.typed $(DESTDIR)$(PYTHONDIR)/certigar)
	printf '%s\n' 'prefix=$(PREFIX)' 'Name: certigar' 'Description: Byzantine-resilient gradient aggregation, exact, and proved in part' \
	  'Version: $(VERSION)' 'Cflags: -I$${prefix}/include' 'Libs: -L$${prefix}/lib -lcertigar' 'Libs.private: $(LIBRARY_LIBS) -pthread' \
	  > $(DESTDIR)$(PREFIX)/lib/pkgconfig/certigar.pc
	for page in $(wildcard docs/man/*.[1-9]); do \
	  section=$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}; install -d $$section; install -m 644 $$page $$section/; done

clean:
	rm -rf $(B)

-include $(shell find $(B) -name '*.d' 2>/dev/null)
