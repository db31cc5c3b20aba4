namespace FlinkDashboard.Sandbox.Protocols.Aws;

/// <summary>A refusal with AWS's code and text; each service writes it in its own form.</summary>
public sealed class AwsFailure(string code, string message, int status) : Exception(message)
{
    /// <summary>Error code, <c>NoSuchKey</c>, <c>ThrottlingException</c> ….</summary>
    public string Code => code;

    /// <summary>HTTP status.</summary>
    public int Status => status;

    /// <summary>Further elements of the error document.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>Further response headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
