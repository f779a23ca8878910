package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes one PTX entry function: hands out registers and labels, collects instructions. */
final class PtxCode {
  /** Enough for all that is used here; runs on every GPU from Volta on. */
  private static final String HEADER = ".version 6.3\n.target sm_70\n.address_size 64\n\n";

  private final String name;
  private final String header;
  private final StringBuilder body = new StringBuilder();
  private final List<String> parameters = new ArrayList<>();
  private final List<String> declarations = new ArrayList<>();
  private final Map<RegisterType, Integer> registers = new EnumMap<>(RegisterType.class);
  private int labels;

  PtxCode(String name) {
    this(name, HEADER);
  }

  private PtxCode(String name, String header) {
    this.name = name;
    this.header = header;
  }

  /** Code that needs a newer architecture. */
  static PtxCode forTarget(String name, String version, int computeCapability) {
    return new PtxCode(
        name,
        ".version %s\n.target sm_%d\n.address_size 64\n\n".formatted(version, computeCapability));
  }

  /** A place in the code to branch to. */
  record Label(String text) {}

  /** The next parameter, in a register. */
  Value parameter(RegisterType type) {
    String parameter = "p" + parameters.size();
    String unsigned =
        type == RegisterType.B32 ? "u32" : type == RegisterType.B64 ? "u64" : type.name;
    parameters.add("\t.param ." + unsigned + " " + parameter);
    Value to = fresh(type);
    line("ld.param." + unsigned + " " + to + ", [" + parameter + "]");
    return to;
  }

  /** The next parameter, an address in global memory. */
  Value address() {
    return op(RegisterType.B64, "cvta.to.global.u64", parameter(RegisterType.B64));
  }

  /** Shared memory of the block, aligned for any type; its address. */
  Value shared(long bytes) {
    String variable = "shared" + declarations.size();
    declarations.add("\t.shared .align 16 .b8 " + variable + "[" + bytes + "];");
    Value to = fresh(RegisterType.B32);
    line("mov.u32 " + to + ", " + variable);
    return to;
  }

  /** A register that holds nothing yet. */
  Value fresh(RegisterType type) {
    return new Value(type, type.prefix + registers.merge(type, 1, Integer::sum));
  }

  /** Emits an instruction with one result. */
  Value op(RegisterType result, String instruction, Value... arguments) {
    Value to = fresh(result);
    into(to, instruction, arguments);
    return to;
  }

  /** Emits an instruction that overwrites a register. */
  void into(Value to, String instruction, Value... arguments) {
    body.append('\t').append(instruction).append(' ').append(to);
    for (Value argument : arguments) {
      body.append(", ").append(argument);
    }
    body.append(";\n");
  }

  /** Emits a line as it is. */
  void line(String instruction) {
    body.append('\t').append(instruction).append(";\n");
  }

  /** Emits an instruction that runs where a predicate holds. */
  void lineIf(Value predicate, String instruction) {
    line("@" + predicate + " " + instruction);
  }

  /** Copies into a register. */
  void move(Value to, Value from) {
    into(to, "mov." + to.type().name, from);
  }

  /** A register of its own with a value in it. */
  Value copy(Value from) {
    Value to = fresh(from.type());
    move(to, from);
    return to;
  }

  Value pred(String instruction, Value a, Value b) {
    return op(RegisterType.PRED, instruction, a, b);
  }

  /** The first value where the predicate holds, else the second. */
  Value select(Value predicate, Value a, Value b) {
    return op(a.type(), "selp." + a.type().name, a, b, predicate);
  }

  Label label() {
    return new Label("L" + labels++);
  }

  void place(Label label) {
    body.append(label.text()).append(":\n");
  }

  void jump(Label label) {
    line("bra " + label.text());
  }

  void jumpIf(Value predicate, Label label) {
    line("@" + predicate + " bra " + label.text());
  }

  void jumpUnless(Value predicate, Label label) {
    line("@!" + predicate + " bra " + label.text());
  }

  /** Waits for all threads of the block. */
  void barrier() {
    line("bar.sync 0");
  }

  /** The finished module. */
  PtxSource finish() {
    line("ret");
    StringBuilder out = new StringBuilder(header);
    out.append(".visible .entry ").append(name).append("(\n");
    out.append(String.join(",\n", parameters)).append("\n)\n{\n");
    registers.forEach(
        (type, count) ->
            out.append("\t.reg .%s %s<%d>;\n".formatted(type.name, type.prefix, count + 1)));
    declarations.forEach(d -> out.append(d).append('\n'));
    return new PtxSource(out.append(body).append("}\n").toString(), name);
  }
}
