using System.Collections.Concurrent;
using System.Diagnostics;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Operations;
using FlinkDashboard.Tests.Model.OperatorRules;

namespace FlinkDashboard.Tests.Operations;

/// <summary>What is wrong with a manifest by rules that need no list of the cluster stops it here: the API server is sent no write.</summary>
public sealed class RefusedManifestTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> writes = [];
    private ActivityListener? listener;
    private OperationsStage stage = null!;
    private ManifestOperations operations = null!;

    public async Task InitializeAsync()
    {
        stage = await OperationsStage.StartAsync();
        operations = new(stage.Api, stage.Runner, stage.Schemas, stage.Defaults);
        listener = new()
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Note,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public async Task DisposeAsync()
    {
        listener?.Dispose();
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task BadInput_IsRefusedWithFieldAndRule_BeforeAnythingIsSent()
    {
        var refused = 0;
        foreach (var row in ManifestCheckTests.Fields)
        {
            var (kind, path, yaml, field, rule) = ((string)row[0], (string)row[1], (string?)row[2], (string)row[3], (string)row[4]);
            var manifest = BadInputs.With(kind, path, yaml);
            // Rules that look at lists of the cluster (service accounts, clusters) are the editor's.
            if (!ManifestCheck.Of(manifest, new() { Schema = await SchemaAsync(manifest) }).Any(p => p.Field == field && p.Rule == rule))
                continue;
            var result = await operations.CreateAsync(manifest, stage.User, null, default);
            Assert.Equal(Outcome.Refused, result.Outcome);
            Assert.True(result.Problems.Any(p => p.Field == field && p.Rule == rule), $"{kind} {path}: {string.Join(" | ", result.Problems.Select(p => $"{p.Field} {p.Rule} {p.Message}"))}");
            refused++;
        }
        foreach (var row in ManifestCheckTests.Texts)
        {
            var result = await operations.CreateAsync(Manifest.Parse((string)row[0]), stage.User, null, default);
            Assert.Equal((Outcome.Refused, (string)row[1]), (result.Outcome, result.Problems[0].Rule));
            refused++;
        }
        Assert.True(refused >= 80, $"{refused}");
        Assert.Empty(writes);
    }

    [Fact]
    public async Task ChangeThatBreaksTheSchema_IsRefused_BeforeAnythingIsSent()
    {
        var before = Manifest.Parse(await stage.Api.ReadYamlAsync(FlinkDeployment.Info, "default", "orders", null, default));
        var result = await operations.ReplaceAsync(before, before.With("spec.job.paralelism", "3"), stage.User, null, default);
        Assert.Equal((Outcome.Refused, "spec.job.paralelism", "schema.unknown"), (result.Outcome, result.Problems[0].Field, result.Problems[0].Rule));
        Assert.Empty(writes);
        // The count counts: a right change is asked with a dry run, then sent.
        Assert.Equal(Outcome.Accepted, (await operations.ReplaceAsync(before, before.With("spec.job.parallelism", "3"), stage.User, null, default)).Outcome);
        Assert.Equal(2, writes.Count);
    }

    private async Task<CrdSchema?> SchemaAsync(Manifest manifest) => manifest.Kind switch
    {
        nameof(FlinkDeployment) => await stage.Schemas.OfAsync(FlinkDeployment.Info, default),
        nameof(FlinkSessionJob) => await stage.Schemas.OfAsync(FlinkSessionJob.Info, default),
        nameof(FlinkStateSnapshot) => await stage.Schemas.OfAsync(FlinkStateSnapshot.Info, default),
        nameof(FlinkBlueGreenDeployment) => await stage.Schemas.OfAsync(FlinkBlueGreenDeployment.Info, default),
        _ => null,
    };

    private void Note(Activity request)
    {
        var (method, address) = (request.GetTagItem("http.request.method") as string, request.GetTagItem("url.full") as string ?? "");
        if (method is not (null or "GET") && address.Contains($":{stage.Sandbox.Cluster.Address.Port}/apis/flink.apache.org/", StringComparison.Ordinal))
            writes.Enqueue($"{method} {address}");
    }
}
