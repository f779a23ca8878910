import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes tests of the code in README.md and docs/*.md: {@code java Guides.java ROOT OUTPUT}.
 *
 * <p>Blocks of Java and Kotlin, and the code in tables whose columns are named so, become one
 * function for each language and heading of the second level; a specification calls them all. Code
 * in a comment such as {@code <!-- java ... -->} is run and not shown; above the first such heading
 * and the first visible block it comes before the code of every heading. A printed value with a
 * comment behind it is compared with the comment. {@code <!-- not run: why -->} above a block
 * leaves it out. docs/testing.md says more.
 */
public final class Guides {
  private static final Pattern FENCE = Pattern.compile("```(\\w*)\\s*");
  private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: \\S.*-->");
  private static final Pattern COMPILED = Pattern.compile("<!-- compiled only: \\S.*-->");
  private static final Pattern HIDDEN = Pattern.compile("<!-- (java|kotlin)");
  private static final Pattern PRINTED =
      Pattern.compile("(\\s*)(?:System\\.out\\.)?println\\((.*)\\);?\\s+// (.+)");
  private static final Pattern CODE_SPAN = Pattern.compile("``\\s?(.+?)\\s?``|`([^`]+)`");
  private static final List<String> NO_CODE = List.of("", "sh", "text", "xml", "json");

  /** The languages that are run. */
  private enum Language {
    JAVA,
    KOTLIN;

    private static Language of(String fence) {
      return valueOf(fence.toUpperCase(Locale.ROOT));
    }

    private String shown() {
      return this == JAVA ? "Java" : "Kotlin";
    }
  }

  /** The code below one heading. */
  private static final class Section {
    private final String heading;
    private final Map<Language, StringBuilder> code = new LinkedHashMap<>();
    private final Map<Language, Boolean> visible = new LinkedHashMap<>();

    private Section(String heading) {
      this.heading = heading;
    }

    private void add(Language language, String line) {
      code.computeIfAbsent(language, l -> new StringBuilder()).append(line).append('\n');
    }
  }

  private final Path root;
  private final String name;
  private final List<String> lines;
  private final Map<Language, TreeSet<String>> imports = new LinkedHashMap<>();
  private final Section prelude = new Section("prelude");
  private final List<Section> sections = new ArrayList<>();
  private boolean inIntroduction = true;

  private Guides(Path root, Path file) throws IOException {
    this.root = root;
    name = root.relativize(file).toString().replace('\\', '/');
    lines = Files.readAllLines(file);
    for (Language language : Language.values()) {
      imports.put(language, new TreeSet<>());
    }
    sections.add(new Section("introduction"));
  }

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Path output = Files.createDirectories(Path.of(args[1]).resolve("io/gradus/guide"));
    List<Path> files = new ArrayList<>(List.of(root.resolve("README.md")));
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      docs.filter(f -> f.toString().endsWith(".md")).sorted().forEach(files::add);
    }
    for (Path old : list(output)) {
      Files.delete(old);
    }
    for (Path file : files) {
      Guides guide = new Guides(root, file);
      guide.read();
      guide.write(output);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private void read() {
    boolean notRun = false;
    boolean compiledOnly = false;
    List<String> columns = List.of();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher fence = FENCE.matcher(line);
      Matcher hidden = HIDDEN.matcher(line);
      if (line.startsWith("## ")) {
        inIntroduction = false;
        sections.add(new Section(line.substring(3)));
      } else if (NOT_RUN.matcher(line).matches()) {
        notRun = true;
      } else if (COMPILED.matcher(line).matches()) {
        compiledOnly = true;
      } else if (hidden.matches()) {
        i = block(i, "-->", Language.of(hidden.group(1)), false, false);
      } else if (fence.matches()) {
        String language = fence.group(1);
        if (NO_CODE.contains(language) || notRun) {
          i = end(i, "```");
        } else {
          i = block(i, "```", Language.of(language), true, compiledOnly);
        }
        notRun = false;
        compiledOnly = false;
      } else if (line.startsWith("|")) {
        if (columns.isEmpty()) {
          columns = cells(line);
        } else {
          row(i, columns);
        }
      }
      if (!line.startsWith("|")) {
        columns = List.of();
      }
    }
  }

  private int end(int start, String mark) {
    for (int i = start + 1; i < lines.size(); i++) {
      if (lines.get(i).equals(mark)) {
        return i;
      }
    }
    throw new IllegalStateException(at(start) + " is never closed by " + mark);
  }

  private String at(int line) {
    return name + ":" + (line + 1);
  }

  private int block(
      int start, String mark, Language language, boolean visible, boolean compiledOnly) {
    int end = end(start, mark);
    Section last = sections.getLast();
    boolean early = inIntroduction && !visible && !last.visible.containsKey(language);
    Section section = early ? prelude : last;
    if (visible) {
      section.visible.put(language, true);
    }
    section.add(language, "// " + at(start));
    if (compiledOnly) {
      section.add(language, "if (Shown.never()) {");
    }
    for (String line : lines.subList(start + 1, end)) {
      if (line.startsWith("import ")) {
        imports.get(language).add(line);
      } else {
        section.add(language, checked(line, language));
      }
    }
    if (compiledOnly) {
      section.add(language, "}");
    }
    return end;
  }

  /** A printed value is compared with the comment behind it. */
  private static String checked(String line, Language language) {
    Matcher printed = PRINTED.matcher(line);
    if (!printed.matches()) {
      return line;
    }
    String expected = '"' + printed.group(3).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    return "%sShown.prints(%s, %s)%s"
        .formatted(
            printed.group(1),
            printed.group(2),
            language == Language.KOTLIN ? expected.replace("$", "\\$") : expected,
            language == Language.JAVA ? ";" : "");
  }

  private static List<String> cells(String row) {
    return Stream.of(row.strip().replaceAll("^\\||\\|$", "").split("(?<!\\\\)\\|"))
        .map(cell -> cell.strip().replace("\\|", "|"))
        .toList();
  }

  /** The code of a row, each piece in a scope of its own. */
  private void row(int number, List<String> columns) {
    List<String> cells = cells(lines.get(number));
    for (Language language : Language.values()) {
      int column = columns.indexOf(language.shown());
      if (column < 0 || column >= cells.size()) {
        continue;
      }
      Section section = sections.getLast();
      section.visible.put(language, true);
      Matcher code = CODE_SPAN.matcher(cells.get(column));
      while (code.find()) {
        String piece = code.group(1) != null ? code.group(1) : code.group(2);
        String closed = piece.endsWith(";") || piece.endsWith("}") ? piece : piece + ";";
        section.add(language, "// " + at(number));
        section.add(
            language, language == Language.JAVA ? "{ " + closed + " }" : "run { " + piece + " }");
      }
    }
  }

  private void write(Path output) throws IOException {
    String guide =
        Stream.of(name.replaceAll(".*/|\\.md$", "").split("[^A-Za-z0-9]+"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .map(word -> word.equals("README") ? "Readme" : word)
            .collect(Collectors.joining());
    StringBuilder tests = new StringBuilder();
    StringBuilder kotlin = new StringBuilder();
    StringBuilder java = new StringBuilder();
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      for (Language language : section.visible.keySet()) {
        String code =
            prelude.code.getOrDefault(language, new StringBuilder()).toString()
                + section.code.get(language);
        String function = "section" + i;
        String call = guide + language.shown() + "." + function + "()";
        if (language == Language.JAVA) {
          java.append("  static void %s() throws Exception {%n%s  }%n%n".formatted(function, code));
        } else {
          kotlin.append("    suspend fun %s() {%n%s    }%n%n".formatted(function, code));
        }
        String title = "%s, %s: %s".formatted(name, section.heading, language.shown());
        tests.append("        \"%s\" { %s }%n".formatted(title.replace("\"", "'"), call));
      }
    }
    if (tests.isEmpty()) {
      return;
    }
    String note = "// Made from %s by .mvn/Guides.java.%n".formatted(name);
    if (!java.isEmpty()) {
      String text =
          "%spackage io.gradus.guide;%n%n%s%n@SuppressWarnings({\"unused\", \"all\"})%nfinal class %sJava {%n%s}%n"
              .formatted(note, javaImports(), guide, java);
      Files.writeString(output.resolve(guide + "Java.java"), text);
    }
    String text =
        "%s@file:Suppress(\"ALL\")%n%npackage io.gradus.guide%n%n%s%ninternal object %sKotlin {%n%s}%n%n"
            .formatted(note, kotlinImports(), guide, kotlin);
    text += "class %sGuideSpec :%n    StringSpec({%n%s    })%n".formatted(guide, tests);
    Files.writeString(output.resolve(guide + "GuideSpec.kt"), text);
  }

  /** What scripts import by themselves. */
  private List<String> defaults() throws IOException {
    String source =
        Files.readString(root.resolve("dsl/src/main/kotlin/io/gradus/script/GradusScript.kt"));
    String list = source.substring(source.indexOf("DEFAULT_IMPORTS"));
    return Pattern.compile("\"([\\w.*]+)\"")
        .matcher(list.substring(0, list.indexOf("    )")))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private String kotlinImports() throws IOException {
    TreeSet<String> all = new TreeSet<>(imports.get(Language.KOTLIN));
    defaults().forEach(name -> all.add("import " + name));
    all.add("import io.kotest.core.spec.style.StringSpec");
    return String.join("\n", all) + "\n";
  }

  private String javaImports() throws IOException {
    TreeSet<String> all = new TreeSet<>(imports.get(Language.JAVA));
    defaults().stream()
        .filter(
            name ->
                !name.startsWith("kotlin.") && !name.contains(".dsl") && !name.contains(".plot"))
        .forEach(name -> all.add("import " + name + ";"));
    for (String packages : List.of("java.util", "java.nio.file")) {
      all.add("import " + packages + ".*;");
    }
    all.add("import io.gradus.graph.GradMode;");
    return String.join("\n", all) + "\n";
  }
}
