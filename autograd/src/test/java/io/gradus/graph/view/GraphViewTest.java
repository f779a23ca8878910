package io.gradus.graph.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class GraphViewTest {
  @TempDir Path dir;

  private static List<Element> elements(String svg, String tag) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    NodeList found = document.getElementsByTagName(tag);
    List<Element> list = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      list.add((Element) found.item(i));
    }
    return list;
  }

  private static Vertex find(GraphView view, String label) {
    return view.vertices().stream()
        .filter(v -> v.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError(label + " not in " + view));
  }

  @Test
  void leavesOperationsAndResultsAreConnectedAsComputed() {
    Tensor w = Tensor.ones(2, 3).requiresGrad_(true);
    Tensor b = Tensor.ones(3).requiresGrad_(true);
    Tensor y = Tensor.ones(4, 2).matmul(w).add(b).tanh();
    GraphView view = GraphView.of(y).names(Map.of("w", w, "b", b, "y", y));
    List<Vertex> all = view.vertices();
    assertEquals(
        List.of("w", "Mm", "b", "Add", "Tanh", "y"), all.stream().map(Vertex::label).toList());
    assertEquals(List.of(), all.get(0).operands());
    assertEquals(List.of(0), all.get(1).operands());
    assertEquals(List.of(1, 2), all.get(3).operands());
    assertEquals(List.of(4), all.get(5).operands());
    assertEquals("MmBackward0", all.get(1).node());
    assertEquals("[4, 3]", all.get(1).shapeText());
    assertEquals("[3]", all.get(2).shapeText());
    assertEquals("[4, 3]", all.get(4).shapeText());
    assertEquals(Vertex.Kind.LEAF, all.get(0).kind());
    assertEquals(Vertex.Kind.RESULT, all.get(5).kind());
  }

  @Test
  void aModelsParametersHaveTheirNames() {
    Sequential model = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 2));
    GraphView view = GraphView.of(model.call(Tensor.ones(1, 4))).names(model.namedParameters());
    for (String name : model.namedParameters().keySet()) {
      assertEquals(Vertex.Kind.LEAF, find(view, name).kind());
    }
    assertEquals(Vertex.Kind.OPERATION, find(view, "Relu").kind());
  }

  @Test
  void sharedPartsAreDrawnOnceAndRootsShareThem() {
    Tensor x = Tensor.ones(2).requiresGrad_(true);
    Tensor a = x.exp();
    GraphView view = GraphView.of(a.mul(a), a.sum());
    assertEquals(1, view.vertices().stream().filter(v -> v.label().equals("Exp")).count());
    Vertex mul = find(view, "Mul");
    assertEquals(2, mul.operands().size());
    assertEquals(mul.operands().get(0), mul.operands().get(1));
    assertEquals(2, view.vertices().stream().filter(v -> v.kind() == Vertex.Kind.RESULT).count());
  }

  @Test
  void eachPartOfASplitKnowsItsShape() {
    Tensor x = Tensor.ones(5, 2).requiresGrad_(true);
    Tensor values = x.max(0).values();
    assertEquals(
        "[2]",
        find(GraphView.of(values), values.gradFn().name().replaceFirst("Backward0", ""))
            .shapeText());
  }

  @Test
  void aLeafAloneIsAGraph() {
    Tensor x = Tensor.ones(2).requiresGrad_(true);
    assertEquals(1, GraphView.of(x).vertices().size());
  }

  @Test
  void whatHasNoGraphIsRefused() {
    assertThrows(AutogradException.class, () -> GraphView.of(Tensor.ones(2)));
    assertThrows(InvalidArgumentException.class, GraphView::of);
  }

  @Test
  void dotNamesEveryBoxAndEdge() {
    Tensor x = Tensor.ones(2).requiresGrad_(true);
    String dot = GraphView.of(x.exp()).names(Map.of("a \"b\"", x)).dot();
    assertTrue(dot.startsWith("digraph autograd {"));
    assertTrue(dot.contains("v0 [label=\"a \\\"b\\\"\\n[2]\""), dot);
    assertTrue(dot.contains("tooltip=\"ExpBackward0\""), dot);
    assertTrue(dot.contains("  v0 -> v1;\n  v1 -> v2;\n"), dot);
  }

  @Test
  void svgHasABoxAVertexInsideThePictureAndNoTwoOverlap() throws Exception {
    Sequential model = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 2));
    Tensor out = model.call(Tensor.ones(1, 4));
    GraphView view =
        GraphView.of(out.square().mean().add(model.parameters().getFirst().square().sum()))
            .names(model.namedParameters());
    String svg = view.svg();
    Element root = elements(svg, "svg").getFirst();
    double width = Double.parseDouble(root.getAttribute("width"));
    double height = Double.parseDouble(root.getAttribute("height"));
    List<double[]> boxes = new ArrayList<>();
    for (Element g : elements(svg, "g")) {
      Element r = (Element) g.getElementsByTagName("rect").item(0);
      double x = Double.parseDouble(r.getAttribute("x"));
      double y = Double.parseDouble(r.getAttribute("y"));
      double w = Double.parseDouble(r.getAttribute("width"));
      double h = Double.parseDouble(r.getAttribute("height"));
      assertTrue(x >= 0 && y >= 0 && x + w <= width && y + h <= height, "inside");
      for (double[] other : boxes) {
        boolean apart =
            x >= other[0] + other[2]
                || other[0] >= x + w
                || y >= other[1] + other[3]
                || other[1] >= y + h;
        assertTrue(apart, () -> g.getTextContent() + " lies on another box");
      }
      boxes.add(new double[] {x, y, w, h});
    }
    assertEquals(view.vertices().size(), boxes.size());
    int edges = view.vertices().stream().mapToInt(v -> v.operands().size()).sum();
    List<Element> lines =
        elements(svg, "path").stream().filter(p -> p.hasAttribute("marker-end")).toList();
    assertEquals(edges, lines.size());
    List<String> texts = elements(svg, "text").stream().map(Element::getTextContent).toList();
    assertTrue(texts.containsAll(List.of("0.weight", "[8, 4]", "Relu", "result")), texts::toString);
  }

  @Test
  void operandsLieAboveWhatIsComputedOfThem() throws Exception {
    Tensor x = Tensor.ones(2).requiresGrad_(true);
    Tensor y = x;
    for (int i = 0; i < 6; i++) {
      y = y.mul(x).sin();
    }
    GraphView view = GraphView.of(y);
    List<Integer> tops = new ArrayList<>();
    for (Element g : elements(view.svg(), "g")) {
      Element r = (Element) g.getElementsByTagName("rect").item(0);
      tops.add((int) Double.parseDouble(r.getAttribute("y")));
    }
    assertEquals(tops.stream().sorted().toList(), tops, "drawn layer by layer");
    Layers layers = new Layers(view.vertices());
    for (int i = 0; i < view.vertices().size(); i++) {
      for (int operand : view.vertices().get(i).operands()) {
        assertTrue(layerOf(layers, operand) < layerOf(layers, i), "above");
      }
    }
  }

  private static int layerOf(Layers layers, int vertex) {
    return layers.layers().stream()
        .flatMap(List::stream)
        .filter(p -> p.vertex == vertex)
        .findFirst()
        .orElseThrow()
        .layer;
  }

  @Test
  void deepGraphsAreDrawnToo() throws Exception {
    Tensor x = Tensor.ones(1).requiresGrad_(true);
    Tensor y = x;
    for (int i = 0; i < 3000; i++) {
      y = y.sin().add(x);
    }
    assertEquals(6002, elements(GraphView.of(y).svg(), "g").size());
  }

  @Test
  void filesAreWrittenByTheirEnding() throws IOException {
    Tensor x = Tensor.ones(2).requiresGrad_(true);
    GraphView view = GraphView.of(x.exp());
    view.write(dir.resolve("g.svg"));
    view.write(dir.resolve("g.dot"));
    assertEquals(view.svg(), Files.readString(dir.resolve("g.svg")));
    assertEquals(view.dot(), Files.readString(dir.resolve("g.dot")));
    assertThrows(InvalidArgumentException.class, () -> view.write(dir.resolve("g.gif")));
  }
}
