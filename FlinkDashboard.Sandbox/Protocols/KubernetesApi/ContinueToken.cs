using System.Text;
using System.Text.Json;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Where a list goes on: the version all its pages show, and the last object given. Opaque to clients.</summary>
/// <param name="Version">Version of the first page; -1 for an inconsistent continuation.</param>
/// <param name="Namespace">Namespace of the last object given.</param>
/// <param name="Name">Name of the last object given.</param>
internal sealed record ContinueToken(long Version, string Namespace, string Name)
{
    /// <summary>As sent to the client.</summary>
    public string Text => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new object[] { Version, Namespace, Name })).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Reads what a client sent back; 400 when it is not one of ours.</summary>
    public static ContinueToken Parse(string text)
    {
        try
        {
            var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(padded)));
            var parts = document.RootElement;
            return new ContinueToken(parts[0].GetInt64(), parts[1].GetString()!, parts[2].GetString()!);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new ApiError(400, "BadRequest", $"continue key is not valid: {e.Message}");
        }
    }

    /// <summary>True for objects that come after this place in list order.</summary>
    public bool IsBefore(WorldObject item)
    {
        var byNamespace = string.CompareOrdinal(Namespace, item.Namespace);
        return byNamespace < 0 || (byNamespace == 0 && string.CompareOrdinal(Name, item.Name) < 0);
    }
}
