using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Features.Deploy;

/// <summary>A starting point with its values as an address: loaded again it gives the same text.</summary>
public static class StartingAddress
{
    private const string Path = "/deploy/new";

    /// <summary>Writes it.</summary>
    public static string Of(StartingPoint start, StartingValues values) => PageQuery.Empty
        .With("start", start.Id).With("ns", values.Namespace).With("name", values.Name)
        .With("storage", start.Needs.HasFlag(StartingNeed.Storage) ? values.Storage : null)
        .With("pool", values.Pool?.Name ?? (start.Needs.HasFlag(StartingNeed.Cluster) ? null : "any"))
        .With("account", values.Account).With("role", values.Role).With("release", values.Release).With("log", values.LogGroup)
        .With("python", start.Needs.HasFlag(StartingNeed.Python) ? values.PythonImage : null)
        .With("cluster", start.Needs.HasFlag(StartingNeed.Cluster) ? values.Cluster : null)
        .On(Path);

    /// <summary>Reads it over what is known.</summary>
    public static StartingValues Read(PageQuery query, StartingPoint start, DeployFacts facts, bool isEmr)
    {
        var known = facts.Values(start, isEmr);
        var release = query["release"] ?? known.Release;
        return known with
        {
            Name = query["name"] ?? known.Name,
            Storage = query["storage"] ?? known.Storage,
            Account = query["account"] ?? known.Account,
            Role = query["role"] ?? known.Role,
            Release = release,
            LogGroup = query["log"] ?? known.LogGroup,
            PythonImage = query["python"] ?? known.PythonImage,
            Version = isEmr && FlinkReleases.OfEmr(release) is { } version ? version : known.Version,
            Cluster = query["cluster"] ?? known.Cluster,
            ClusterVersion = facts.Clusters.FirstOrDefault(one => one.Name == (query["cluster"] ?? known.Cluster)).Version ?? known.ClusterVersion,
            Pool = query["pool"] is { } pool ? facts.Pools.FirstOrDefault(one => one.Name == pool) : known.Pool,
        };
    }
}
