//! `worker`: who signs in as which worker, and how experienced they are.

use crate::arguments::Worker;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;

/// Runs the command.
pub async fn run(command: &Worker, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    let workers = store.workers.all().await?;
    let people = store.people.all().await?;
    match command {
        Worker::List => {
            for worker in &workers {
                let person = people.iter().find(|line| Some(line.person.id) == worker.person);
                let email = person.map_or("not known", |line| line.email.as_str());
                println!("{:<32} {:<18} {email}", worker.name, worker.experience.code());
            }
            Ok(())
        }
        Worker::Describe { name, experience, email } => {
            let Some(worker) = workers.iter().find(|worker| worker.name == *name) else {
                return wrong(format!(
                    "No case list has named a worker “{name}”. `quarterlight worker list` lists them."
                ));
            };
            let person = match email {
                None => worker.person,
                Some(email) => {
                    let Some(person) = store.people.by_email(email).await? else {
                        return wrong(format!("Nobody signs in as {email}."));
                    };
                    Some(person)
                }
            };
            let experience = experience.unwrap_or(worker.experience);
            let stamp = stamp("described a worker");
            store.workers.describe(&stamp, worker.id, experience, person).await?;
            println!("{name} is described.");
            Ok(())
        }
    }
}
