package io.gradus.backend.cuda.plan;

/**
 * Where in the memory behind {@link Argument.Faults} a kernel writes what.
 *
 * <p>A thread that meets a fault swaps {@link #STATE} from 0 to a code atomically ({@code
 * atom.global.cas.b32}); only the one that found 0 writes the rest, so the first fault wins. It
 * then goes on without touching the bad place. The device reports the fault at the next
 * synchronisation and clears the record.
 */
public final class FaultRecord {
  /** {@code .b32}: 0, or a code such as {@link #INDEX}. */
  public static final int STATE = 0;

  /** {@code .b32}: {@link Argument.FaultTicket}. */
  public static final int TICKET = 4;

  /** {@code .s64}: the bad index. */
  public static final int VALUE = 8;

  /** {@code .s64}: the size that it should have been below. */
  public static final int SIZE = 16;

  /** {@code .s64}: the axis that was indexed. */
  public static final int AXIS = 24;

  /** The length of the record. */
  public static final int BYTES = 32;

  /** The code of an index that is negative or not below the size. */
  public static final int INDEX = 1;

  private FaultRecord() {}
}
