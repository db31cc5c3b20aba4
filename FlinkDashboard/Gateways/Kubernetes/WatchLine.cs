using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>Reads one line of a watch: <c>{"type":T,"object":O}</c>, without building a document.</summary>
internal static class WatchLine
{
    /// <summary>
    /// The event. A line that is not JSON or whose object does not fit becomes <see cref="WatchEventType.Unreadable"/>; an ERROR line throws its Status.
    /// </summary>
    public static WatchEvent<T> Read<T>(in ReadOnlySequence<byte> line, JsonTypeInfo<T> type) where T : class, IKubernetesObject
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            string? kind = null;
            var held = default(Utf8JsonReader);
            var isHeld = false;
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isType, isObject) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("object"u8));
                reader.Read();
                if (isType)
                    kind = reader.GetString();
                else if (isObject && kind is not null)
                    return Event(kind, ref reader, type);
                else
                {
                    if (isObject)
                    {
                        held = reader;
                        isHeld = true;
                    }
                    reader.Skip();
                }
            }
            return isHeld && kind is not null ? Event(kind, ref held, type) : Bad<T>("it has no type or no object");
        }
        catch (JsonException e)
        {
            return Bad<T>(e.Message);
        }
        catch (InvalidOperationException e)
        {
            return Bad<T>(e.Message);
        }
    }

    private static WatchEvent<T> Event<T>(string kind, ref Utf8JsonReader reader, JsonTypeInfo<T> type) where T : class, IKubernetesObject
    {
        switch (kind)
        {
            case "BOOKMARK":
                return new(WatchEventType.Bookmark, null, JsonSerializer.Deserialize(ref reader, WireJson.Default.BookmarkObject)?.Metadata?.ResourceVersion, null);
            case "ERROR":
                throw (JsonSerializer.Deserialize(ref reader, KindParsing.Status) ?? new ApiStatus()).ToException(500);
        }
        WatchEventType? known = kind switch
        {
            "ADDED" => WatchEventType.Added,
            "MODIFIED" => WatchEventType.Modified,
            "DELETED" => WatchEventType.Deleted,
            _ => null
        };
        if (known is not { } what)
            return Bad<T>($"its type is \"{kind}\"");
        return JsonSerializer.Deserialize(ref reader, type) is { } item ? new(what, item, item.Metadata.ResourceVersion, null) : Bad<T>("its object is null");
    }

    private static WatchEvent<T> Bad<T>(string why) where T : class, IKubernetesObject => new(WatchEventType.Unreadable, null, null, $"a line of the watch was skipped: {why}");
}
