package io.gradus.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the site: {@code Site ROOT JAVADOC DOKKA OUTPUT}.
 *
 * <p>README.md becomes the first page, docs/*.md the guides, examples/* pages of code; the API
 * references are copied beside them. A link that leads nowhere fails the build.
 */
public final class Site {
  private static final String HIGHLIGHT = "/META-INF/resources/webjars/highlightjs/11.11.1/";

  private final Path root;
  private final Path output;

  private Site(Path root, Path output) {
    this.root = root;
    this.output = output;
  }

  /** Builds it; exits with 1 if a link is broken. */
  public static void main(String[] args) throws IOException {
    Path output = Path.of(args[3]);
    delete(output);
    Site site = new Site(Path.of(args[0]), output);
    copy(Path.of(args[1]), output.resolve("api/java"));
    copy(Path.of(args[2]), output.resolve("api/kotlin"));
    List<Path> pages = site.pages();
    List<String> broken = LinkCheck.of(output, pages);
    broken.forEach(System.err::println);
    System.out.printf("%d pages, %d broken links: %s%n", pages.size(), broken.size(), output);
    if (!broken.isEmpty()) {
      System.exit(1);
    }
  }

  private List<Path> pages() throws IOException {
    List<Page> pages = new ArrayList<>();
    pages.add(Page.ofMarkdown(root, Path.of("README.md")));
    for (Path guide : list("docs", ".md")) {
      pages.add(Page.ofMarkdown(root, guide));
    }
    for (String ending : List.of(".gradus.kts", ".java", ".txt")) {
      for (Path example : list("examples", ending)) {
        pages.add(Page.ofCode(root, example));
      }
    }
    Navigation navigation = Navigation.of(root.resolve("docs/README.md"), pages);
    Template template = new Template(navigation);
    List<Path> written = new ArrayList<>();
    for (Page page : pages) {
      Path file = output.resolve(page.address());
      Files.createDirectories(file.getParent());
      Files.writeString(file, template.fill(page));
      written.add(file);
    }
    Path images = root.resolve("docs/images");
    if (Files.isDirectory(images)) {
      copy(images, output.resolve("docs/images"));
    }
    resource("/io/gradus/site/site.css", "assets/site.css");
    resource(HIGHLIGHT + "highlight.min.js", "assets/highlight.js");
    resource(HIGHLIGHT + "styles/github.min.css", "assets/light.css");
    resource(HIGHLIGHT + "styles/github-dark.min.css", "assets/dark.css");
    return written;
  }

  private List<Path> list(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files
          .filter(f -> f.toString().endsWith(ending))
          .map(root::relativize)
          .sorted()
          .toList();
    }
  }

  private void resource(String name, String to) throws IOException {
    Path file = output.resolve(to);
    Files.createDirectories(file.getParent());
    try (InputStream in = Site.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
