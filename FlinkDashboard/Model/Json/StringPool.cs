using System.Text.Json;

namespace FlinkDashboard.Model.Json;

/// <summary>
/// Shares equal strings (namespaces, node names, images, phases, label values). A fixed table that forgets on collision, so it
/// never grows and needs no lock: the worst that a race or a collision does is one duplicate string.
/// </summary>
public static class StringPool
{
    private const int LongestPooled = 128;
    private static readonly string?[] Slots = new string?[1 << 15];

    /// <summary>The shared instance of a text.</summary>
    public static string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return "";
        if (text.Length > LongestPooled)
            return text.ToString();
        ref var slot = ref Slots[string.GetHashCode(text) & (Slots.Length - 1)];
        var found = slot;
        return found is not null && text.SequenceEqual(found) ? found : slot = text.ToString();
    }

    /// <summary>The shared instance of the string token the reader stands on.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        var bytes = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (bytes > LongestPooled)
            return reader.GetString() ?? "";
        Span<char> buffer = stackalloc char[LongestPooled];
        return Get(buffer[..reader.CopyString(buffer)]);
    }
}
