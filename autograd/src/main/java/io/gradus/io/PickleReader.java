package io.gradus.io;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine for the part of Python's pickles that says data, not code.
 *
 * <p>It knows no classes: what a pickle asks for by name is given to {@link Globals}, which knows a
 * short list and refuses everything else by its name. Opcodes: Python's {@code pickletools}.
 */
final class PickleReader {
  /** What the names of a pickle stand for. */
  interface Globals {
    /** The thing of a name; throws if it is not on the list. */
    Object global(Where where, String name);

    /** A thing called with arguments. */
    @Nullable Object call(Where where, Object function, List<@Nullable Object> arguments);

    /** A thing that the pickle leaves to the file around it. */
    Object persistent(Where where, @Nullable Object id);
  }

  private static final Object MARK = new Object();
  private static final int MOST_NESTED = 100;

  private final Where where;
  private final ByteBuffer in;
  private final Globals globals;
  private final ArrayList<@Nullable Object> stack = new ArrayList<>();
  private final Map<Integer, @Nullable Object> memo = new HashMap<>();

  private PickleReader(Where where, byte[] bytes, Globals globals) {
    this.where = where;
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.globals = globals;
  }

  /** The object that a pickle says. */
  static @Nullable Object read(Where where, byte[] bytes, Globals globals) {
    Object value = new PickleReader(where, bytes, globals).run();
    Nesting.check(where, value, MOST_NESTED);
    return value;
  }

  private @Nullable Object run() {
    while (true) {
      int at = in.position();
      int opcode = u8();
      switch (opcode) {
        case 0x80 -> protocol();
        case 0x95 -> need(8).getLong(); // FRAME: lengths that only speed up reading
        case '.' -> {
          return end();
        }
        case '(' -> stack.add(MARK);
        case '0' -> pop();
        case '1' -> items();
        case 'N' -> stack.add(null);
        case 0x88 -> stack.add(true);
        case 0x89 -> stack.add(false);
        case 'K' -> stack.add((long) u8());
        case 'M' -> stack.add((long) (need(2).getShort() & 0xffff));
        case 'J' -> stack.add((long) need(4).getInt());
        case 0x8a -> stack.add(whole());
        case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(need(8).getLong())));
        case 'X' -> stack.add(text(need(4).getInt()));
        case 0x8c -> stack.add(text(u8()));
        case 0x8d -> stack.add(text(length()));
        case '}' -> stack.add(new LinkedHashMap<>());
        case ']' -> stack.add(new ArrayList<>());
        case ')' -> stack.add(tuple(List.of()));
        case 't' -> stack.add(tuple(items()));
        case 0x85 -> stack.add(tuple(last(1)));
        case 0x86 -> stack.add(tuple(last(2)));
        case 0x87 -> stack.add(tuple(last(3)));
        case 'a' -> append(last(1));
        case 'e' -> append(items());
        case 's' -> put(last(2));
        case 'u' -> put(items());
        case 'q' -> memo.put(u8(), top());
        case 'r' -> memo.put(need(4).getInt(), top());
        case 0x94 -> memo.put(memo.size(), top());
        case 'h' -> recall(u8());
        case 'j' -> recall(need(4).getInt());
        case 'c' -> stack.add(globals.global(place(at), line() + "." + line()));
        case 0x93 -> {
          List<@Nullable Object> names = last(2);
          stack.add(globals.global(place(at), string(names.get(0)) + "." + string(names.get(1))));
        }
        case 'R' -> {
          List<@Nullable Object> call = last(2);
          if (!(call.get(0) instanceof Object function)
              || !(call.get(1) instanceof Tuple arguments)) {
            throw place(at).malformed("a call of %s, expected a function", kind(call.get(0)));
          }
          stack.add(globals.call(place(at), function, arguments.items()));
        }
        case 'b' -> build(at);
        case 'Q' -> stack.add(globals.persistent(place(at), pop()));
        default ->
            throw place(at)
                .malformed("opcode 0x%02x, expected one of those that say plain data", opcode);
      }
    }
  }

  /** A tuple, told from a list because only it can be arguments. */
  record Tuple(List<@Nullable Object> items) {}

  private static Tuple tuple(List<@Nullable Object> items) {
    return new Tuple(Collections.unmodifiableList(items));
  }

  private void protocol() {
    int version = u8();
    if (version < 2 || version > 5) {
      throw here().malformed("pickle protocol %d, expected 2 to 5", version);
    }
  }

  private @Nullable Object end() {
    if (stack.size() != 1) {
      throw here().malformed("the pickle ends with %d objects, expected 1", stack.size());
    }
    return pop();
  }

  private int u8() {
    return need(1).get() & 0xff;
  }

  private int length() {
    long n = need(8).getLong();
    return n < 0 || n > in.remaining() ? -1 : (int) n;
  }

  private ByteBuffer need(int n) {
    if (n < 0 || in.remaining() < n) {
      throw here().malformed("%d bytes are needed, the pickle has %d more", n, in.remaining());
    }
    return in;
  }

  private String text(int length) {
    need(length);
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw here().malformed(e, "a string that is not UTF-8");
    }
  }

  private String line() {
    StringBuilder text = new StringBuilder();
    for (int c = u8(); c != '\n'; c = u8()) {
      text.append((char) c);
    }
    return text.toString();
  }

  private long whole() {
    int n = u8();
    if (n > 8) {
      throw here().malformed("a whole number of %d bytes, expected at most 8", n);
    }
    byte[] little = new byte[n];
    need(n).get(little);
    byte[] big = new byte[n + 1];
    for (int i = 0; i < n; i++) {
      big[n - i] = little[i];
    }
    big[0] = (byte) (n > 0 && little[n - 1] < 0 ? -1 : 0);
    return new BigInteger(big).longValue();
  }

  private void recall(int index) {
    if (!memo.containsKey(index)) {
      throw here().malformed("memo %d, which was not stored", index);
    }
    stack.add(memo.get(index));
  }

  private @Nullable Object top() {
    if (stack.isEmpty() || stack.getLast() == MARK) {
      throw here().malformed("an object is needed, the stack has none");
    }
    return stack.getLast();
  }

  private @Nullable Object pop() {
    Object top = top();
    stack.removeLast();
    return top;
  }

  private List<@Nullable Object> last(int n) {
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      items.add(pop());
    }
    Collections.reverse(items);
    return items;
  }

  /** What lies above the topmost mark. */
  private List<@Nullable Object> items() {
    int from = stack.lastIndexOf(MARK);
    if (from < 0) {
      throw here().malformed("a mark is needed, the stack has none");
    }
    List<@Nullable Object> above = stack.subList(from + 1, stack.size());
    List<@Nullable Object> items = new ArrayList<>(above);
    stack.subList(from, stack.size()).clear();
    return items;
  }

  @SuppressWarnings("unchecked") // Lists on the stack are those made here.
  private void append(List<@Nullable Object> items) {
    if (!(top() instanceof ArrayList<?> list)) {
      throw here().malformed("items for a list are given to %s", kind(top()));
    }
    ((ArrayList<@Nullable Object>) list).addAll(items);
  }

  @SuppressWarnings("unchecked") // Maps on the stack are those made here.
  private void put(List<@Nullable Object> items) {
    if (!(top() instanceof LinkedHashMap<?, ?> map) || items.size() % 2 != 0) {
      throw here().malformed("%d keys and values are given to %s", items.size(), kind(top()));
    }
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
        throw here().malformed("a key that is %s, expected a string or a number", kind(key));
      }
      ((Map<Object, @Nullable Object>) map).put(key, items.get(i + 1));
    }
  }

  /** Attributes of an ordered dictionary, such as the versions of its modules: not data. */
  private void build(int at) {
    Object state = pop();
    if (!(top() instanceof LinkedHashMap<?, ?>) || !(state instanceof Map<?, ?>)) {
      throw place(at).malformed("attributes are given to %s, expected a dictionary", kind(top()));
    }
  }

  private String string(@Nullable Object name) {
    if (name instanceof String s) {
      return s;
    }
    throw here().malformed("a name that is %s, expected a string", kind(name));
  }

  private Where here() {
    return place(in.position());
  }

  private Where place(int at) {
    return new Where(where.format(), where.file(), (where.part() + " offset " + at).strip());
  }

  /** What an object is, for messages. */
  static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case String _ -> "a string";
      case Number _ -> "a number";
      case Boolean _ -> "a truth value";
      case Map<?, ?> _ -> "a dictionary";
      case List<?> _ -> "a list";
      case Tuple _ -> "a tuple";
      case io.gradus.Tensor _ -> "a tensor";
      default -> "'" + Where.clip(value) + "'";
    };
  }
}
