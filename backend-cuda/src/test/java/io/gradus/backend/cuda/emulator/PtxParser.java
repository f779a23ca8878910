package io.gradus.backend.cuda.emulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a module's text: PTX ISA, chapters "Syntax" and "State Spaces, Types, and Variables". */
final class PtxParser {
  private final PtxScanner in;
  private final Scope module = new Scope(null);
  final Map<String, FunctionSource> kernels = new LinkedHashMap<>();
  final List<Variable> variables = new ArrayList<>();
  String target = "";
  String version = "";

  PtxParser(String text) {
    in = new PtxScanner(text);
    if (!in.is(".version")) {
      throw new PtxException("PTX begins with .version, this with '" + in.token + "'");
    }
    while (!in.atEnd()) {
      try {
        directive();
      } catch (PtxException | NumberFormatException e) {
        throw new PtxException("line " + in.tokenLine + ": " + e.getMessage(), e);
      }
    }
  }

  private void directive() {
    switch (in.token) {
      case ".version" -> {
        in.next();
        version = in.next();
      }
      case ".target" -> {
        in.next();
        target = in.next();
        while (in.take(",")) {
          in.next();
        }
      }
      case ".address_size" -> {
        in.next();
        if (!in.next().equals("64")) {
          throw new PtxException("only addresses of 64 bits");
        }
      }
      case ".visible", ".extern", ".weak", ".common" -> in.next();
      case ".entry" -> entry();
      case ".global", ".const", ".shared" -> variables.add(variable(module));
      case ".file", ".loc" -> in.skipLine();
      case ".section" -> {
        in.next();
        in.next();
        skipBraces();
      }
      case ".pragma" -> skipTo(";");
      default -> throw new PtxException("unknown directive " + in.token);
    }
  }

  private void skipTo(String end) {
    while (!in.atEnd() && !in.take(end)) {
      in.next();
    }
  }

  private void skipBraces() {
    int depth = 0;
    do {
      depth += in.is("{") ? 1 : in.is("}") ? -1 : 0;
      in.next();
    } while (depth > 0 && !in.atEnd());
  }

  private void entry() {
    in.next();
    FunctionSource f = new FunctionSource(in.next());
    Scope scope = new Scope(module);
    if (in.take("(")) {
      while (!in.take(")")) {
        parameter(f, scope);
        in.take(",");
      }
    }
    while (!in.is("{")) {
      String directive = in.next();
      if (in.atEnd()) {
        throw new PtxException("kernel " + f.name + " has no body");
      }
      if (directive.equals(".maxntid") || directive.equals(".reqntid")) {
        f.maxThreads = Integer.parseInt(in.next());
        while (in.take(",")) {
          f.maxThreads *= Integer.parseInt(in.next());
        }
      }
    }
    in.next();
    block(f, scope);
    if (kernels.put(f.name, f) != null) {
      throw new PtxException("two kernels " + f.name);
    }
  }

  private void parameter(FunctionSource f, Scope scope) {
    in.expect(".param");
    int align = 0;
    PtxType type = null;
    while (in.token.startsWith(".")) {
      String word = in.next().substring(1);
      if (word.equals("align")) {
        int n = Integer.parseInt(in.next());
        align = type == null ? n : align;
      } else if (PtxType.orNull(word) != null) {
        type = PtxType.of(word);
      }
    }
    if (type == null) {
      throw new PtxException("a parameter without type");
    }
    String name = in.next();
    int bytes = type.bytes;
    if (in.take("[")) {
      bytes *= Integer.parseInt(in.next());
      in.expect("]");
    }
    align = Math.max(align, type.bytes);
    int offset = (f.parameterBytes() + align - 1) / align * align;
    f.parameters.add(new FunctionSource.Parameter(name, offset, bytes));
    scope.declare(new Variable("param", name, align, offset, new byte[0]));
  }

  private void block(FunctionSource f, Scope scope) {
    while (!in.take("}")) {
      if (in.atEnd()) {
        throw new PtxException("kernel " + f.name + " has no end");
      }
      switch (in.token) {
        case "{" -> {
          in.next();
          block(f, new Scope(scope));
        }
        case ".reg" -> registers(scope);
        case ".shared", ".local", ".const", ".global" -> {
          Variable v = variable(scope);
          if (v.space().equals("shared") || v.space().equals("local")) {
            f.variables.add(v);
          } else {
            variables.add(v);
          }
        }
        case ".loc", ".file" -> in.skipLine();
        case ".pragma", ".branchtargets" -> skipTo(";");
        default -> statement(f, scope);
      }
    }
  }

  private void registers(Scope scope) {
    in.next();
    PtxType type = PtxType.of(in.next().substring(1));
    do {
      String name = in.next();
      if (in.take("<")) {
        scope.declareFamily(name, type, Integer.parseInt(in.next()));
        in.expect(">");
      } else {
        scope.declare(name, type);
      }
    } while (in.take(","));
    in.expect(";");
  }

  private Variable variable(Scope scope) {
    String space = in.next().substring(1);
    int align = 0;
    PtxType type = null;
    int lanes = 1;
    while (in.token.startsWith(".")) {
      String word = in.next().substring(1);
      switch (word) {
        case "align" -> align = Integer.parseInt(in.next());
        case "v2" -> lanes = 2;
        case "v4" -> lanes = 4;
        default -> type = PtxType.of(word);
      }
    }
    if (type == null) {
      throw new PtxException("a variable without type");
    }
    String name = in.next();
    long count = lanes;
    boolean open = false;
    while (in.take("[")) {
      if (in.is("]")) {
        open = true;
      } else {
        count *= Long.decode(in.next());
      }
      in.expect("]");
    }
    byte[] initial = new byte[0];
    if (in.take("=")) {
      List<String> values = new ArrayList<>();
      while (!in.is(";")) {
        String sign = in.take("-") ? "-" : "";
        String word = in.next();
        if (!word.equals("{") && !word.equals("}") && !word.equals(",")) {
          values.add(sign + word);
        }
      }
      count = open ? values.size() : count;
      open = false;
      initial = bytes(type, values, (int) count);
    }
    in.expect(";");
    Variable v =
        new Variable(
            space,
            name,
            Math.max(align, type.bytes * lanes),
            open ? 0 : count * type.bytes,
            initial);
    scope.declare(v);
    return v;
  }

  private static byte[] bytes(PtxType type, List<String> values, int count) {
    ByteBuffer all = ByteBuffer.allocate(count * type.bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (String value : values) {
      byte[] one =
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(Literals.parse(value, type))
              .array();
      all.put(Arrays.copyOf(one, type.bytes));
    }
    return all.array();
  }

  private void statement(FunctionSource f, Scope scope) {
    int line = in.tokenLine;
    String guard = null;
    boolean negated = false;
    if (in.take("@")) {
      negated = in.take("!");
      guard = in.next();
    }
    String word = in.next();
    if (guard == null && in.take(":")) {
      scope.label(word, f.statements.size());
      return;
    }
    List<String> operands = new ArrayList<>();
    StringBuilder operand = new StringBuilder();
    int depth = 0;
    while (!in.is(";")) {
      if (in.atEnd()) {
        throw new PtxException("a statement without ;");
      }
      String token = in.next();
      char c = token.charAt(0);
      if (c == ',' && depth == 0) {
        operands.add(operand.toString());
        operand.setLength(0);
      } else {
        depth += c == '{' || c == '[' || c == '(' ? 1 : c == '}' || c == ']' || c == ')' ? -1 : 0;
        operand.append(token);
      }
    }
    in.next();
    if (!operand.isEmpty()) {
      operands.add(operand.toString());
    }
    f.statements.add(
        new Statement(line, guard, negated, Arrays.asList(word.split("\\.")), operands, scope));
  }
}
