namespace FlinkDashboard.Model.Flink;

/// <summary>Which JobManager: that of an application or a session cluster.</summary>
/// <param name="Namespace">Namespace.</param>
/// <param name="Cluster">Cluster id: the name of the FlinkDeployment (for a session job, of the cluster it runs in).</param>
public sealed record JobManagerAddress(string Namespace, string Cluster)
{
    /// <summary>Port of the REST API.</summary>
    public const int Port = 8081;

    /// <summary>The Service that the operator makes for it.</summary>
    public string Service => Cluster + "-rest";

    /// <summary>Both names are DNS labels, so neither can change where a request goes.</summary>
    public bool IsValid => IsLabel(Namespace) && IsLabel(Cluster) && Service.Length <= 63;

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{Cluster}";

    private static bool IsLabel(string text) =>
        text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-';
}
