package io.gradus.site;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Finds links and pictures that lead nowhere. Addresses of other sites are not asked. */
final class LinkCheck {
  private final Path site;
  private final Map<Path, Set<String>> anchors = new HashMap<>();

  private LinkCheck(Path site) {
    this.site = site;
  }

  /** One line a broken link of the pages. */
  static List<String> of(Path site, List<Path> pages) throws IOException {
    LinkCheck check = new LinkCheck(site.toAbsolutePath().normalize());
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      check.page(page.toAbsolutePath().normalize(), broken);
    }
    return broken;
  }

  private void page(Path page, List<String> broken) throws IOException {
    Document document = Jsoup.parse(page.toFile(), StandardCharsets.UTF_8.name());
    for (Element element : document.select("[href], [src]")) {
      String address = element.hasAttr("href") ? element.attr("href") : element.attr("src");
      String why = why(page, address);
      if (!why.isEmpty()) {
        broken.add("%s: %s: %s".formatted(site.relativize(page), address, why));
      }
    }
  }

  /** Why a link is broken; nothing if it is not. */
  private String why(Path page, String address) throws IOException {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      return "not an address";
    }
    if (uri.getScheme() != null) {
      return "";
    }
    Path target = page;
    if (uri.getPath() != null && !uri.getPath().isEmpty()) {
      target = page.resolveSibling(uri.getPath()).normalize();
    }
    if (!target.startsWith(site)) {
      return "outside of the site";
    }
    if (!Files.isRegularFile(target)) {
      return "no such file";
    }
    if (uri.getFragment() != null && !anchors(target).contains(uri.getFragment())) {
      return "no such place in the page";
    }
    return "";
  }

  private Set<String> anchors(Path page) throws IOException {
    Set<String> known = anchors.get(page);
    if (known == null) {
      known = new HashSet<>();
      Document document = Jsoup.parse(page.toFile(), StandardCharsets.UTF_8.name());
      for (Element element : document.select("[id]")) {
        known.add(element.id());
      }
      anchors.put(page, known);
    }
    return known;
  }
}
