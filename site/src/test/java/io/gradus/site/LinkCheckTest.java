package io.gradus.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkCheckTest {
  @TempDir Path site;

  private List<String> broken(String body) throws IOException {
    Files.writeString(site.resolve("other.html"), "<h2 id=here>here</h2>");
    Path page = Files.writeString(site.resolve("page.html"), body);
    return LinkCheck.of(site, List.of(page));
  }

  @Test
  void pagesPlacesAndOtherSitesAreFound() throws IOException {
    String body =
        "<h2 id=top></h2><a href='#top'></a><a href='other.html'></a><a href='other.html#here'></a>"
            + "<a href='https://example.org/no'></a>";
    assertEquals(List.of(), broken(body));
  }

  @Test
  void missingPagesPlacesAndPicturesAreTold() throws IOException {
    assertEquals(
        List.of(
            "page.html: none.html: no such file",
            "page.html: other.html#there: no such place in the page",
            "page.html: #top: no such place in the page",
            "page.html: ../x.html: outside of the site",
            "page.html: none.png: no such file"),
        broken(
            "<a href='none.html'></a><a href='other.html#there'></a><a href='#top'></a>"
                + "<a href='../x.html'></a><img src='none.png'>"));
  }
}
