using System.Text.Encodings.Web;
using System.Text.Json;

namespace FlinkDashboard.Sandbox.World;

/// <summary>How the sandbox writes JSON: compact, and with the characters Go leaves unescaped.</summary>
public static class JsonText
{
    /// <summary>Shared options.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
