package io.gradus.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What is around the text of every page. */
final class Template {
  private final Navigation navigation;
  private final String frame;

  Template(Navigation navigation) throws IOException {
    this.navigation = navigation;
    try (InputStream in = Template.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IOException("no resource page.html");
      }
      frame = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  String fill(Page page) {
    return frame
        .replace("{title}", Page.escaped(page.title()))
        .replace("{up}", page.up())
        .replace("{navigation}", navigation(page))
        .replace("{body}", page.body());
  }

  private String navigation(Page page) {
    StringBuilder html = new StringBuilder();
    navigation
        .groups()
        .forEach(
            (group, entries) -> {
              html.append("<h2>").append(Page.escaped(group)).append("</h2>\n<ul>\n");
              for (Navigation.Entry entry : entries) {
                String here =
                    entry.address().equals(page.address()) ? " aria-current=\"page\"" : "";
                html.append(
                    "<li><a href=\"%s%s\"%s>%s</a></li>\n"
                        .formatted(page.up(), entry.address(), here, Page.escaped(entry.title())));
              }
              html.append("</ul>\n");
            });
    return html.toString();
  }
}
