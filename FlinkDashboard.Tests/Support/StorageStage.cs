using Amazon.Runtime;
using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.S3;
using FlinkDashboard.Model.Storage;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.State;
using FlinkDashboard.State.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.Support;

/// <summary>The sandbox's S3 and the app's own gateway to it, over HTTP.</summary>
public sealed class StorageStage : IAsyncDisposable
{
    private StorageStage(SandboxCluster cluster, AwsKey key, string[] locations)
    {
        Cluster = cluster;
        Options = new() { Storage = Settings(cluster.S3Address, locations), Aws = new() { Region = AwsAccount.Region } };
        Api = new(Options.Storage, new AwsAccess(Options.Aws, new BasicAWSCredentials(key.Id, key.Secret)));
        Files = new(Api, Options, TimeProvider.System);
        Usage = new(Api, Files, TimeProvider.System, NullLogger<UsageCount>.Instance);
    }

    /// <summary>The cluster.</summary>
    public SandboxCluster Cluster { get; }

    /// <summary>Settings that name its S3.</summary>
    public DashboardOptions Options { get; }

    /// <summary>The gateway.</summary>
    public S3Api Api { get; }

    /// <summary>Shared reads.</summary>
    public StorageFiles Files { get; }

    /// <summary>The count.</summary>
    public UsageCount Usage { get; }

    /// <summary>An address in the bucket.</summary>
    public static StorageAddress At(string key) => new(AwsAccount.Bucket, key);

    /// <summary>Starts one with nothing but folder markers.</summary>
    public static async Task<StorageStage> StartAsync(AwsKey? key = null, params string[] locations) =>
        new(await SandboxCluster.StartAsync(new() { World = "empty", Speed = 0 }), key ?? AwsKey.Admin, locations.Length > 0 ? locations : [$"s3://{AwsAccount.Bucket}"]);

    /// <summary>Another gateway to the same place.</summary>
    public S3Api As(string id, string secret, string? region = null) =>
        new(Options.Storage, new AwsAccess(new() { Region = region ?? AwsAccount.Region }, new BasicAWSCredentials(id, secret)));

    /// <summary>Operations on a cluster's S3.</summary>
    public static StorageOperations Operations(SandboxCluster cluster, ClusterState state, OperationRunner runner, AccessReviews reviews, out S3Api api)
    {
        DashboardOptions options = new() { Storage = Settings(cluster.S3Address, $"s3://{AwsAccount.Bucket}"), Aws = new() { Region = AwsAccount.Region } };
        options.Storage.UploadLimit = 20;
        api = new(options.Storage, new AwsAccess(options.Aws, new BasicAWSCredentials(AwsKey.Admin.Id, AwsKey.Admin.Secret)));
        return new(api, new(api, options, TimeProvider.System), new(state), runner, reviews, options);
    }

    /// <summary>Bytes that begin as a jar does.</summary>
    public static byte[] JarBytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        "PK\u0003\u0004"u8.CopyTo(bytes);
        return bytes;
    }

    /// <summary>Settings for a server on this machine.</summary>
    public static StorageOptions Settings(Uri address, params string[] locations) => new() { Endpoint = address.ToString(), PathStyle = true, Locations = [.. locations] };

    /// <summary>Puts an object there.</summary>
    public void Put(string key, byte[] content) =>
        Cluster.World.Buckets.Put(AwsAccount.Bucket, new StoredObject(key, content.Length, Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(content)), Cluster.World.Now, () => new MemoryStream(content, writable: false)));

    /// <summary>Puts empty objects of a size there.</summary>
    public void Put(string key, long size = 0) => Cluster.World.Buckets.Put(AwsAccount.Bucket, new StoredObject(key, size, $"tag{size}", Cluster.World.Now, () => Stream.Null));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Usage.DisposeAsync();
        Api.Dispose();
        await Cluster.DisposeAsync();
    }
}
