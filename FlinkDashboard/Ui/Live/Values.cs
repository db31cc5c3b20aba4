using System.Collections;

namespace FlinkDashboard.Ui.Live;

/// <summary>A list that equals another with equal members, so that a row that holds one is drawn again only when a member changed.</summary>
public sealed class Values<T>(IReadOnlyList<T> items) : IReadOnlyList<T>, IEquatable<Values<T>>
{
    public static Values<T> None { get; } = new([]);

    public int Count => items.Count;

    public T this[int index] => items[index];

    /// <summary>The members of a sequence, read now.</summary>
    public static Values<T> Of(IEnumerable<T> items) => new([.. items]);

    public bool Equals(Values<T>? other) => other is not null && (ReferenceEquals(this, other) || items.SequenceEqual(other));

    public override bool Equals(object? other) => Equals(other as Values<T>);

    public override int GetHashCode() => items.Count == 0 ? 0 : HashCode.Combine(items.Count, items[0], items[^1]);

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
